// Whether the page has come to rest: nothing is being opened, loaded, run or drawn for the first time. The root element says so with the
// attribute `data-settled`, for whoever drives the page from outside (the tests, and pages that embed it and want to know when to look).
let reasons = 0;

/** The page is not at rest until what is returned is called; calling it again does nothing. */
export function hold(): () => void {
  let isHeld = true;
  reasons++;
  delete document.documentElement.dataset["settled"];
  return () => {
    if (!isHeld) return;
    isHeld = false;
    reasons--;
    if (reasons === 0) document.documentElement.dataset["settled"] = "";
  };
}

/** The page is not at rest until this has come, or failed, and those who waited for it have done their part. */
export function during<T>(coming: Promise<T>): Promise<T> {
  const release = hold();
  const later = () => void setTimeout(release);
  coming.then(later, later);
  return coming;
}
