// Asks for the typefaces at once, so that the text is laid out in them and not twice; not for those that only stand in for them.
document.fonts.forEach((face) => /until then/.test(face.family) || face.load().catch(() => {}));
