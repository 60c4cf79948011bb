import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { type CheckedContent, checkContent } from '#content/check/check-content.ts';

/** A content folder in memory: the smallest that keeps every rule. Tests plant one mistake in it. */
export interface ContentTree {
  readonly files: Map<string, string>;
  /** Replaces text that must be there. */
  replace(file: string, from: string, to: string): void;
  /** Sets a value in a YAML file. */
  set(file: string, keys: readonly (string | number)[], value: unknown): void;
  remove(file: string, keys: readonly (string | number)[]): void;
}

/** Checks the small content with a mistake planted in it, in a temporary folder. */
export function checkPlanted(plant: (tree: ContentTree) => void): CheckedContent {
  const dir = writeTree(plant);
  try {
    return checkContent(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Made once: every test takes a copy. */
let small: Map<string, string> | undefined;

/** Writes the small content, with a mistake or without, and returns its folder. */
export function writeTree(plant: (tree: ContentTree) => void = () => undefined): string {
  small ??= smallContent();
  const tree = contentTree(new Map(small));
  plant(tree);
  const dir = mkdtempSync(join(tmpdir(), 'content-'));
  for (const [file, text] of tree.files) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  return dir;
}

function contentTree(files: Map<string, string>): ContentTree {
  const textOf = (file: string) => {
    const text = files.get(file);
    if (text === undefined) throw new Error(`no ${file} in the small content`);
    return text;
  };
  const changeYaml = (file: string, change: (document: ReturnType<typeof parseDocument>) => void) => {
    const document = parseDocument(textOf(file));
    change(document);
    files.set(file, document.toString());
  };
  return {
    files,
    replace(file, from, to) {
      if (!textOf(file).includes(from)) throw new Error(`${file} has no “${from}”`);
      files.set(file, textOf(file).replace(from, to));
    },
    set: (file, keys, value) => changeYaml(file, (document) => document.setIn(keys, document.createNode(value))),
    remove: (file, keys) => changeYaml(file, (document) => document.deleteIn(keys)),
  };
}

const course = 'courses/sekretess';

function smallContent(): Map<string, string> {
  const files = new Map<string, string>();
  const yaml = (file: string, value: unknown) => files.set(file, stringify(value, { aliasDuplicateObjects: false }));
  yaml('municipality.yaml', municipality);
  yaml('glossary.yaml', [
    { id: 'men', sv: { word: 'men', text: 'Skada eller obehag för någon.' }, related: ['roja'] },
    { id: 'roja', sv: { word: 'röja', text: 'Att låta någon annan få veta.' } },
  ]);
  for (const source of ['S1', 'S2', 'S3', 'S4', 'S5']) yaml(`guidelines/${source}.yaml`, guideline(source));
  yaml('guidelines/notes.yaml', notes);
  yaml('guidelines/left-out.yaml', []);
  yaml(`${course}/course.yaml`, courseFile);
  files.set(`${course}/lessons/ett/sv.mdx`, lesson('Ett', firstLesson));
  files.set(`${course}/lessons/tva/sv.mdx`, lesson('Två', ''));
  for (const scenario of scenarios()) {
    yaml(`${course}/scenarios/${scenario.id}/scenario.yaml`, scenario.key);
    yaml(`${course}/scenarios/${scenario.id}/sv.yaml`, scenario.prose);
  }
  return files;
}

const municipality = {
  name: 'Påhittade kommun',
  issuer: 'Påhittade kommun, omsorgsnämnden',
  local: Object.fromEntries(
    [
      'committee',
      'department',
      'recordSystem',
      'secureChannel',
      'photoForm',
      'registrar',
      'onCall',
      'emergencySocial',
    ].map((name) => [name, `lokalt ${name}`]),
  ),
  contact: { email: 'a@kommun.example', dataProtectionOfficer: 'b@kommun.example' },
};

/** Claim 2 is wrong in the source and corrected by L06; claim 3, in S5 alone, lies outside the course. */
function guideline(source: string): unknown {
  const claims = [
    { id: `${source}-1-c1`, says: 'Det här gäller.', status: 'holds' },
    { id: `${source}-1-c2`, says: 'Det här är fel.', status: 'wrong', notes: ['L06'] },
    ...(source === 'S5' ? [{ id: 'S5-1-c3', says: 'Annat.', status: 'outside' }] : []),
  ];
  return {
    id: source,
    title: `Källa ${source}`,
    edition: '2026-02-12',
    sections: [{ id: `${source}-1`, heading: 'Avsnitt', claims }],
  };
}

const notes = {
  id: 'L',
  title: 'Noteringar',
  edition: '2026-02-12',
  claims: [
    { id: 'L06', heading: 'Rätt', taught: 'Så här är det.' },
    { id: 'L32', heading: 'Annat', remark: 'Utelämnas.' },
  ],
};

const track = {
  required: ['ett'],
  blueprint: [
    { themes: ['basics'], count: 12 },
    { themes: ['social-media'], count: 1 },
    { themes: ['journalists'], count: 1 },
    { themes: ['relatives'], count: 1 },
  ],
  validity: { kind: 'months', months: 12 },
  atMostMinutes: 12,
};

const courseFile = {
  version: 'test',
  lawChecked: '2026-02-12',
  guidelines: ['S2', 'L'],
  lessons: ['ett', 'tva'],
  pass: { share: 0.8, pauseAfterFailed: 3, pauseMinutes: 60 },
  tracks: { 'new-employee': track, 'temporary-staff': track, student: track, 'summer-worker': track },
};

const firstLesson = `<Rule claims="S2-1-c1 S4-1-c1">
Du får inte <Term id="roja">röja</Term> något.
</Rule>

<Rule claims="S2-1-c2 S4-1-c2 L06">
Använd <Local name="secureChannel" />.
</Rule>

<Say>”Det får jag inte säga.”</Say>

<Practice scenario="ovning-samtal" />
`;

/** A lesson of a little more than three minutes: at 130 words a minute, 400 words and what is put in. */
function lesson(title: string, put: string): string {
  const filler = 'Du säger vänligt nej och lämnar frågan vidare till chefen. '.repeat(40);
  return `---
title: ${title}
objective: Du vet vad som gäller.
summary: En mening om lektionen.
drawing: key
checked: 2026-02-12
---

${put}
${filler.trim()}
`;
}

interface SmallScenario {
  readonly id: string;
  readonly key: object;
  readonly prose: object;
}

/** 24 exam items on basics and 2 on each chief theme, 6 practice items on each of these, and one of every other kind. */
function scenarios(): SmallScenario[] {
  const chief = ['social-media', 'journalists', 'relatives'];
  return [
    ...Array.from({ length: 24 }, (_, place) => choice(`prov-${place}`, { theme: 'basics', use: 'exam' }, place)),
    ...chief.flatMap((theme) => [0, 1].map((place) => choice(`prov-${theme}-${place}`, { theme, use: 'exam' }, place))),
    ...chief.flatMap((theme) =>
      [0, 1, 2, 3, 4, 5].map((place) => choice(`ovning-${theme}-${place}`, { theme, use: 'practice' }, place)),
    ),
    chooseAll(),
    order(),
    conversation(),
  ];
}

const shared = {
  version: 1,
  lesson: 'ett',
  setting: 'lss',
  difficulty: 'easy',
  audiences: ['new-employee', 'temporary-staff', 'student', 'summer-worker'],
};
const practice = { ...shared, use: 'practice', theme: 'basics' };
const claims = ['S2-1-c1', 'S2-1-c2', 'S4-1-c1', 'S4-1-c2', 'L06'];
const feedback = 'Den som frågar har ingen rätt att få veta.';

/** The right option stands at each place in turn, and is neither the longest nor the shortest. */
function choice(id: string, base: { theme: string; use: string }, place: number): SmallScenario {
  const ids = ['a', 'b', 'c'];
  const right = ids[place % 3];
  const texts = ['Jag svarar på det.', 'Jag svarar, men jag nämner inga namn alls.'];
  return {
    id,
    key: {
      ...shared,
      ...base,
      kind: 'choose-one',
      options: ids.map((option) => ({ id: option, right: option === right, claims })),
    },
    prose: {
      title: 'En fråga',
      situation: 'Någon ringer.',
      question: 'Vad gör du?',
      options: Object.fromEntries(
        ids.map((option) => [option, { text: option === right ? 'Jag ber chefen ringa upp.' : texts.pop(), feedback }]),
      ),
    },
  };
}

function chooseAll(): SmallScenario {
  return {
    id: 'ovning-flera',
    key: {
      ...practice,
      kind: 'choose-all',
      options: [
        { id: 'a', right: true, claims },
        { id: 'b', right: false, claims },
      ],
    },
    prose: {
      title: 'Flera',
      situation: 'Någon ringer.',
      question: 'Vad är rätt?',
      options: { a: { text: 'Jag säger nej.', feedback }, b: { text: 'Jag säger ja.', feedback } },
    },
  };
}

function order(): SmallScenario {
  const ids = ['forst', 'sedan', 'sist'];
  return {
    id: 'ovning-ordning',
    key: { ...practice, kind: 'order', steps: ids.map((id) => ({ id, claims })) },
    prose: {
      title: 'Ordning',
      situation: 'Något är fel.',
      question: 'I vilken ordning?',
      steps: Object.fromEntries(ids.map((id) => [id, { text: `Jag gör ${id}.`, feedback }])),
    },
  };
}

/** hej → pressar → slut by right replies; the wrong one leads over mer, where one can turn round. */
function conversation(): SmallScenario {
  const replies = (good: string, bad: string) => [
    { id: 'a', to: good, right: true, claims },
    { id: 'b', to: bad, right: false, claims },
  ];
  const words = { a: { text: 'Det får jag inte säga.', feedback }, b: { text: 'Jo, så är det.', feedback } };
  return {
    id: 'ovning-samtal',
    key: {
      ...practice,
      kind: 'conversation',
      channel: 'call',
      start: 'hej',
      nodes: {
        hej: { replies: replies('pressar', 'mer') },
        pressar: { replies: replies('slut', 'mer') },
        mer: { replies: replies('pressar', 'ute') },
        slut: { replies: [] },
        ute: { replies: [] },
      },
    },
    prose: {
      title: 'Samtal',
      situation: 'Telefonen ringer.',
      counterpart: 'Elin',
      nodes: {
        hej: { text: 'Hej!', replies: words },
        pressar: { text: 'Snälla?', replies: words },
        mer: { text: 'Berätta mer!', replies: words },
        slut: { text: 'Tack ändå.' },
        ute: { text: 'Nu vet alla.' },
      },
    },
  };
}
