// Applies the chosen theme before the first paint. The build writes this script into the page's head (web/first-plugin.ts).
try {
  const asked = new URLSearchParams(location.search).get("theme"); // of a page that embeds this one
  const theme = asked || localStorage.getItem("nabla.theme");
  if (theme === "light" || theme === "dark") document.documentElement.style.colorScheme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}
