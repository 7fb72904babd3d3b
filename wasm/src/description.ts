// What a name means in a program as far as it ran: plain JSON, written by engine/runtime/describe.cpp. Completion, hover texts and
// signatures are made of it.

export type MemberKind = "module" | "class" | "function" | "property" | "value";

export interface Member {
  name: string;
  kind: MemberKind;
  /** A tensor's dtype and shape, another value's type; empty for what is no value. */
  detail: string;
}

export interface Description {
  kind: MemberKind;
  /** Python's type name. */
  type: string;
  /** repr() of a value, cut after some hundred characters. */
  repr: string;
  /** Of a tensor, as `dtype` and `requiresGrad`; null for anything else. */
  shape: number[] | null;
  dtype?: string;
  requiresGrad?: boolean;
  /** How it is called, one text for each form, with the parentheses: "(dim=None, keepdim=False)". Empty for what is not called. */
  signatures: string[];
  doc: string;
  /** An operator's rule. */
  latex: string;
  /** The names within it that do not begin with an underscore. */
  members: Member[];
}
