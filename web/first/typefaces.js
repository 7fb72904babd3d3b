// Asks for the typefaces at once, so that the text is laid out in them and not twice.
document.fonts.forEach((face) => face.load().catch(() => {}));
