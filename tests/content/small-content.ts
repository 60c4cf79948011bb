import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import { categories } from '#domain/kernel/category.ts';
import { languages } from '#domain/kernel/language.ts';
import { type CheckedContent, checkContent } from '#editors/check/check-content.ts';

/** A content folder in memory. Tests plant one mistake in it. */
export interface ContentTree {
  readonly files: Map<string, string>;
  /** Replaces text that must be there. */
  replace(file: string, from: string, to: string): void;
  /** Sets a value in a YAML file. */
  set(file: string, keys: readonly (string | number)[], value: unknown): void;
  remove(file: string, keys: readonly (string | number)[]): void;
}

/** The smallest content that keeps every rule, in a temporary folder. */
export interface KeptContent {
  /** Checks it with a mistake planted in it; afterwards the folder is as it was. */
  check(plant: (tree: ContentTree) => void): CheckedContent;
  remove(): void;
}

/** Writes the whole content once: a check then writes only what its mistake changes. */
export function keepContent(): KeptContent {
  const whole = wholeContent();
  const dir = writeFiles(whole);
  return {
    check(plant) {
      const tree = contentTree(new Map(whole));
      plant(tree);
      try {
        turnInto(dir, whole, tree.files);
        return checkContent(dir);
      } finally {
        turnInto(dir, tree.files, whole);
      }
    },
    remove: () => rmSync(dir, { recursive: true }),
  };
}

/**
 * Writes the course in Swedish only, which teaches and tests S2 and S4, with a mistake or without: content that can be
 * read and has gaps, as editors’ tools meet it.
 *
 * @returns its folder
 */
export function writeTree(plant: (tree: ContentTree) => void = () => undefined): string {
  const tree = contentTree(swedishContent());
  plant(tree);
  return writeFiles(tree.files);
}

function writeFiles(files: ReadonlyMap<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'content-'));
  for (const [file, text] of files) put(dir, file, text);
  return dir;
}

function put(dir: string, file: string, text: string): void {
  mkdirSync(dirname(join(dir, file)), { recursive: true });
  writeFileSync(join(dir, file), text);
}

/** Writes and deletes what is different between two trees. */
function turnInto(dir: string, from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): void {
  for (const [file, text] of to) if (from.get(file) !== text) put(dir, file, text);
  for (const file of from.keys()) {
    if (to.has(file)) continue;
    rmSync(join(dir, file), { force: true });
    const folder = dirname(join(dir, file));
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  }
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
const yamlOf = (value: unknown) => stringify(value, { aliasDuplicateObjects: false });
const inLanguages = <T>(text: T) => Object.fromEntries(languages.map((language) => [language, text]));

function swedishContent(): Map<string, string> {
  const files = new Map<string, string>();
  const yaml = (file: string, value: unknown) => files.set(file, yamlOf(value));
  yaml('municipality.yaml', municipality);
  yaml(
    'glossary.yaml',
    glossary.map(({ text, ...term }) => ({ ...term, sv: text })),
  );
  for (const source of ['S1', 'S2', 'S3', 'S4', 'S5']) yaml(`guidelines/${source}.yaml`, guideline(source));
  yaml('guidelines/notes.yaml', notes);
  yaml('guidelines/left-out.yaml', []);
  yaml('decision-path.yaml', decisionPath);
  yaml('answers.yaml', answers);
  yaml(`${course}/course.yaml`, courseFile);
  files.set(`${course}/lessons/ett/sv.mdx`, lesson('Ett', firstLesson));
  files.set(`${course}/lessons/tva/sv.mdx`, lesson('Två', ''));
  for (const scenario of scenarios()) {
    yaml(`${course}/scenarios/${scenario.id}/scenario.yaml`, scenario.key);
    yaml(`${course}/scenarios/${scenario.id}/sv.yaml`, scenario.prose);
  }
  return files;
}

/** The Swedish content and all that the rules want besides it. Its Swedish is plain, and stands for English too. */
function wholeContent(): Map<string, string> {
  const files = swedishContent();
  files.set('glossary.yaml', yamlOf(glossary.map(({ text, ...term }) => ({ ...term, ...inLanguages(text) }))));
  files.set('guidelines/left-out.yaml', yamlOf(leftOut));
  files.set(`${course}/lessons/tva/sv.mdx`, lesson('Två', '', secondLesson));
  for (const scenario of moreScenarios()) {
    files.set(`${course}/scenarios/${scenario.id}/scenario.yaml`, yamlOf(scenario.key));
    files.set(`${course}/scenarios/${scenario.id}/sv.yaml`, yamlOf(scenario.prose));
  }
  files.set(`${course}/exercises/papper/exercise.yaml`, yamlOf(exercise.key));
  files.set(`${course}/exercises/papper/sv.yaml`, yamlOf(exercise.prose));
  for (const [file, text] of [...files]) {
    const [, name, extension] = /^(.+)\/sv\.(mdx|yaml)$/.exec(file) ?? [];
    if (name) for (const language of languages) files.set(`${name}/${language}.${extension}`, text);
  }
  return files;
}

const glossary = [
  { id: 'men', text: { word: 'men', text: 'Skada eller obehag för någon.' }, related: ['roja'] },
  { id: 'roja', text: { word: 'röja', text: 'Att låta någon annan få veta.' } },
];

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
  contact: { email: 'a@kommun.example', dataProtectionOfficer: 'b@kommun.example', signInHelp: '08-465 004 00' },
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

/** The note and the claim that lie outside the course, with the reason for both parts. */
const leftOut = ['L32', 'S5-1-c3'].flatMap((claim) =>
  ['taught', 'tested'].map((part) => ({ claim, part, reason: 'Hör inte till uppdraget.', note: 'L32' })),
);

/** fara → larma or namn; namn → tig or larma: larma is reached twice, tig once. */
const decisionPath = {
  start: 'fara',
  nodes: {
    fara: {
      claims: ['S2-1-c1'],
      ...inLanguages({ question: 'Är någon i fara just nu?', help: 'Det kan vara någon som inte kan andas.' }),
      answers: [
        { id: 'ja', to: 'larma', ...inLanguages('Ja') },
        { id: 'nej', to: 'namn', ...inLanguages('Nej') },
      ],
    },
    namn: {
      claims: ['S2-1-c1'],
      ...inLanguages({ question: 'Går det att se vem det är?', help: 'Det kan gå att förstå utan ett namn.' }),
      answers: [
        { id: 'ja', to: 'tig', ...inLanguages('Ja') },
        { id: 'nej', to: 'larma', ...inLanguages('Nej') },
      ],
    },
  },
  ends: { larma: advice('act', 'Larma'), tig: advice('no', 'Tig') },
};

const answers = {
  ring: {
    lesson: 'ett',
    claims: ['S2-1-c2', 'L06'],
    ...inLanguages('Du ringer din chef så fort du kan.'),
    asked: { sv: ['ringa chefen'], en: ['ring the manager'] },
  },
};

function advice(verdict: string, title: string): object {
  return {
    claims: ['S2-1-c2', 'L06'],
    verdict,
    ...inLanguages({ title, text: 'Du ringer din chef så fort du kan.', say: 'Jag ringer min chef om det här.' }),
  };
}

const track = {
  required: ['ett'],
  blueprint: [
    { themes: ['basics'], count: 12 },
    { themes: ['social-media'], count: 1 },
    { themes: ['journalists'], count: 1 },
    { themes: ['relatives'], count: 1 },
  ],
  validity: { kind: 'months', months: 12 },
  atMostMinutes: 14,
};

const courseFile = {
  version: 'test',
  lawChecked: '2026-02-12',
  guidelines: ['S2', 'L'],
  lessons: ['ett', 'tva'],
  pass: { share: 0.8, pauseAfterFailed: 3, pauseMinutes: 60 },
  tracks: Object.fromEntries(categories.map((category) => [category, track])),
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

const secondLesson = `
<Rule claims="S1-1-c1 S3-1-c1 S5-1-c1">
Du säger nej till den som frågar.
</Rule>

<Rule claims="S1-1-c2 S3-1-c2 S5-1-c2 L06">
Du går till din chef med frågan.
</Rule>

<Exercise id="papper" />
`;

/** A lesson of a little more than three minutes: at 130 words a minute, 400 words and what is put in around them. */
function lesson(title: string, before: string, after = ''): string {
  const filler = 'Du säger vänligt nej och lämnar frågan vidare till chefen. '.repeat(40);
  return `---
title: ${title}
objective: Du vet vad som gäller.
summary: En mening om lektionen.
drawing: key
checked: 2026-02-12
---

${before}
${filler.trim()}
${after}`;
}

const exercise = {
  key: {
    version: 1,
    kind: 'papers',
    lesson: 'tva',
    choices: ['lada', 'skap'],
    parts: [
      { id: 'lista', right: ['skap'], claims: ['S2-1-c1'] },
      { id: 'meny', right: ['lada'], claims: ['S2-1-c1'] },
      { id: 'brev', right: ['skap'], claims: ['S2-1-c2', 'L06'] },
    ],
  },
  prose: {
    title: 'Papper',
    situation: 'Du städar rummet och hittar tre papper på golvet.',
    task: 'Säg var varje papper ska ligga i natt.',
    choices: { lada: 'Lådan', skap: 'Skåpet' },
    parts: {
      lista: { text: 'En lista med namn och tider.', feedback: 'Där kan den som städar inte se namnen.' },
      meny: { text: 'En meny för den här veckan.', feedback: 'Den säger inget om någon som bor här.' },
      brev: { text: 'Ett brev till en granne.', feedback: 'Där kan den som städar inte läsa det.' },
    },
    remember: 'Namn på papper ska alltid ligga i skåpet.',
  },
};

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
  audiences: [...categories],
};
const practice = { ...shared, use: 'practice', theme: 'basics' };
const claims = ['S2-1-c1', 'S2-1-c2', 'S4-1-c1', 'S4-1-c2', 'L06'];
const situation = 'Någon ringer och frågar om en granne.';
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
      situation,
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
      situation,
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

/** What is missing to 140 scenarios, all alike; they test S1, S3 and S5, and no length of theirs is compared. */
function moreScenarios(): SmallScenario[] {
  const sources = ['S1', 'S3', 'S5'];
  const steps = [
    { id: 'a', claims: sources.map((source) => `${source}-1-c1`) },
    { id: 'b', claims: [...sources.map((source) => `${source}-1-c2`), 'L06'] },
    { id: 'c', claims: ['L06'] },
  ];
  const key = { ...practice, kind: 'order', theme: 'everyday', steps };
  const words = { text: 'Jag gör det så fort jag kan.', feedback };
  const prose = {
    title: 'Ordning',
    situation,
    question: 'I vilken ordning gör du det här?',
    steps: { a: words, b: words, c: words },
  };
  return Array.from({ length: 140 - scenarios().length }, (_, place) => ({ id: `vardag-${place}`, key, prose }));
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
