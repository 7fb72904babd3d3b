// From one lesson to another: the page is at its beginning then.
import { openLesson } from "../document/store.ts";
import { leaveLink } from "../share/opening.ts";
import { tab } from "../shell/tab.ts";

export async function goToLesson(name: string): Promise<void> {
  if (!(await openLesson(name))) return;
  leaveLink();
  tab.value = "code";
  scrollTo({ top: 0 });
  document.getElementById("document")?.focus({ preventScroll: true });
}
