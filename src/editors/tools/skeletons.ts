import type { Scenario } from '#domain/course/scenario.ts';

export const kinds = ['choose-one', 'choose-all', 'order', 'conversation'] as const satisfies Scenario['kind'][];
export type Kind = (typeof kinds)[number];
export const uses = ['practice', 'exam'] as const satisfies Scenario['use'][];
export type Use = (typeof uses)[number];

/*
 * A skeleton holds every field, and leaves empty what an editor must write: its schema then names each of them in
 * content:check. Nothing in it could be taken for finished text.
 */

/** A lesson, in any language. @param headings of its parts; each gets a rule that waits for claims */
export function lessonSkeleton(headings: readonly string[]): string {
  const parts = headings.length > 0 ? headings.map((heading) => `## ${heading}\n\n${rule}`) : [rule];
  return `---
title: ""
objective: ""            # Du kan … / Du vet …
summary: ""              # en mening, till kurssidan
drawing:                 # key, door, telephone … se docs/how-to/write-content.md
checked: ""              # dagen då lagen senast kontrollerades, 2026-02-12
---

${parts.join('\n')}
<Remember></Remember>
`;
}

const rule = `<Rule claims="">

</Rule>
`;

export interface ScenarioStart {
  readonly kind: Kind;
  readonly use: Use;
  readonly lesson: string;
  /** Without one, it is left to fill in. */
  readonly theme: string | undefined;
}

/** A scenario's key and logic. */
export function keySkeleton({ kind, use, lesson, theme }: ScenarioStart): string {
  return `version: 1
use: ${use}
kind: ${kind}
theme: ${theme ?? ''}
lesson: ${lesson}
setting:                 # home-care | elderly-care | lss | social-services
difficulty:              # easy | medium | hard
critical: false
audiences: []            # new-employee, temporary-staff, student, summer-worker, unit-manager
${keyOf[kind]}`;
}

/** Which option is right is not filled in either: it should stand at another place each time. */
const keyOf: Readonly<Record<Kind, string>> = {
  'choose-one': options(['a', 'b', 'c']),
  'choose-all': options(['a', 'b', 'c', 'd']),
  order: `steps:                   # i rätt ordning; byt ut id:na mot ord
  - { id: ett, claims: [] }
  - { id: tva, claims: [] }
  - { id: tre, claims: [] }
`,
  conversation: `channel:                 # text-thread | call
start: hej
nodes:                   # ett svar leder till en nod; en nod utan svar är ett slut
  hej:
    replies:
      - { id: a, to: pressar, right: , claims: [] }
      - { id: b, to: mer, right: , claims: [] }
  pressar:
    replies:
      - { id: a, to: slut, right: , claims: [] }
      - { id: b, to: mer, right: , claims: [] }
  mer:                   # dit leder fel svar; härifrån ska man kunna vända
    replies:
      - { id: a, to: pressar, right: , claims: [] }
      - { id: b, to: slut, right: , claims: [] }
  slut: { replies: [] }
`,
};

function options(ids: readonly string[]): string {
  return ['options:', ...ids.map((id) => `  - { id: ${id}, right: , claims: [] }`), ''].join('\n');
}

/** A scenario's prose, in any language. */
export function proseSkeleton(kind: Kind): string {
  const head = `title: ""
situation: ""            # vad som händer, och var du är
`;
  const last = 'remember: ""             # en mening att bära med sig; stryk raden om den inte behövs\n';
  if (kind === 'conversation') return `${head}${conversation}${last}`;
  const ids = { 'choose-one': ['a', 'b', 'c'], 'choose-all': ['a', 'b', 'c', 'd'], order: ['ett', 'tva', 'tre'] }[kind];
  const parts = ids.map((id) => `  ${id}: { text: "", feedback: "" }\n`).join('');
  return `${head}question: ""\n${kind === 'order' ? 'steps' : 'options'}:\n${parts}${last}`;
}

const replies = `    replies:
      a: { text: "", feedback: "" }
      b: { text: "", feedback: "" }
`;

const conversation = `counterpart: ""          # vem som säger replikerna
nodes:
${['hej', 'pressar', 'mer'].map((node) => `  ${node}:\n    text: ""\n${replies}`).join('')}  slut: { text: "", replies: {} }
`;
