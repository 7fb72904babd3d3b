// Markdown as elements. Documents come from strangers, so nothing is ever taken as HTML: marked reads the text, and only the
// elements named here are made. Links lead to http, https and mail addresses; pictures are drawn only when the document holds them.
// Lessons were parsed when the page was built; for other texts marked is loaded, once.
import { signal } from "@preact/signals";
import type { Token, Tokens } from "marked";
import { type ComponentChildren, createContext, type VNode } from "preact";
import { Check } from "../check/check.tsx";
import { partsOf } from "../check/syntax.ts";
import { ChallengeCard } from "../lessons/challenge-card.tsx";
import { ready } from "../lessons/list.ts";
import { during } from "../shell/busy.ts";
import { Formula } from "./formula.tsx";

type Parser = (source: string) => Token[];

const parser = signal<Parser | null>(null);
let loading: Promise<void> | undefined;

/** The cell that the text stands in. */
export const CellId = createContext("");

/** `onFormula`: what is typed into the checks of the text, by their number. */
export function Markdown({ source, onFormula }: { source: string; onFormula?: (check: number, formula: string) => void }) {
  let check = 0;
  return (
    <>
      {partsOf(source).map((part, i) => {
        if ("text" in part) return <Prose key={i} source={part.text} />;
        const at = check++;
        return <Check key={i} check={part.check} onFormula={onFormula && ((formula) => onFormula(at, formula))} />;
      })}
    </>
  );
}

function Prose({ source }: { source: string }) {
  const parse = parser.value;
  if (parse) return <>{blocks(parse(source))}</>;
  const parsed = ready("tokens", source);
  if (parsed) return <>{blocks(parsed)}</>;
  loading ??= during(import("./markdown-parser.ts")).then(
    ({ parseMarkdown }) => void (parser.value = parseMarkdown),
    () => void (loading = undefined), // offline before it was loaded: the text as it was written stays
  );
  return <p class="prose-plain">{source}</p>;
}

export const blocks = (tokens: Token[]): ComponentChildren => tokens.map((token, i) => <Block key={i} token={token as Tokens.Generic} />);
const inlines = (tokens: Token[] | undefined): ComponentChildren =>
  tokens?.map((token, i) => <Inline key={i} token={token as Tokens.Generic} />);

function Block({ token }: { token: Tokens.Generic }): VNode | null {
  switch (token.type) {
    case "heading": {
      // The page's own name is its first heading, so those of a document begin one lower for those who listen to the page.
      const Heading = `h${Math.min(token.depth + 1, 6)}` as "h2";
      return <Heading class={`heading-${token.depth}`}>{inlines(token.tokens)}</Heading>;
    }
    case "paragraph": {
      const [only, ...more] = token.tokens ?? [];
      if (only?.type === "formula" && !more.length) return <Inline token={only as Tokens.Generic} />;
      return <p>{inlines(token.tokens)}</p>;
    }
    case "text":
      return <>{token.tokens ? inlines(token.tokens) : plain(token.text)}</>;
    case "code":
      return (
        <pre class="fenced">
          <code>{token.text}</code>
        </pre>
      );
    case "challenge":
      return <ChallengeCard name={token.name} question={token.question} rules={token.rules} done={token.done} />;
    case "blockquote":
      return <blockquote>{blocks(token.tokens ?? [])}</blockquote>;
    case "list": {
      const List = token.ordered ? "ol" : "ul";
      return (
        <List start={token.ordered && token.start !== 1 ? token.start : undefined}>
          {token.items.map((item: Tokens.ListItem, i: number) => (
            <li key={i}>
              {item.task && <input type="checkbox" checked={item.checked} disabled aria-label={item.checked ? "done" : "open"} />}
              {blocks(item.tokens)}
            </li>
          ))}
        </List>
      );
    }
    case "table":
      return <Table token={token as Tokens.Table} />;
    case "hr":
      return <hr />;
    case "html":
      return <p>{token.raw}</p>;
    default:
      return null;
  }
}

function Table({ token }: { token: Tokens.Table }) {
  const cell = (Cell: "th" | "td", { tokens, align }: Tokens.TableCell, i: number) => (
    <Cell key={i} style={align ? { textAlign: align } : undefined}>
      {inlines(tokens)}
    </Cell>
  );
  return (
    <div class="table-scroll">
      <table>
        <thead>
          <tr>{token.header.map((head, i) => cell("th", head, i))}</tr>
        </thead>
        <tbody>
          {token.rows.map((row, i) => (
            <tr key={i}>{row.map((data, j) => cell("td", data, j))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Inline({ token }: { token: Tokens.Generic }): VNode | null {
  switch (token.type) {
    case "formula":
      return <Formula tex={token.tex} display={token.display} />;
    case "text":
      return <>{token.tokens ? inlines(token.tokens) : plain(token.text)}</>;
    case "escape":
      return <>{plain(token.text)}</>;
    case "strong":
      return <strong>{inlines(token.tokens)}</strong>;
    case "em":
      return <em>{inlines(token.tokens)}</em>;
    case "del":
      return <del>{inlines(token.tokens)}</del>;
    case "codespan":
      return <code>{token.text}</code>;
    case "br":
      return <br />;
    case "link":
      return <Link href={token.href}>{inlines(token.tokens)}</Link>;
    case "image":
      if (/^data:image\/(png|jpeg|gif|webp);/.test(token.href)) return <img src={token.href} alt={token.text} />;
      return <Link href={token.href}>{token.text || token.href}</Link>;
    case "html":
      return <>{token.raw}</>;
    default:
      return null;
  }
}

function Link({ href, children }: { href: string; children: ComponentChildren }) {
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: "\u00a0" };

/** marked leaves its texts as they were written or escapes them, depending on the token: entities become characters again. */
function plain(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name]!);
}
