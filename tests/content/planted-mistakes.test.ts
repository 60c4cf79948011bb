import { afterAll, describe, expect, test, vi } from 'vitest';
import { type Language, languages } from '#domain/kernel/language.ts';
import { rules } from '#editors/check/rules.ts';
import { type ContentTree, keepContent } from './small-content.ts';

// Nearly every file is the same in every test, and parsing them is nearly all the time it takes: each text once.
vi.mock('yaml', async (load) => {
  const yaml = await load<typeof import('yaml')>();
  const parsed = new Map<string, unknown>();
  const parse = (text: string, options?: Parameters<typeof yaml.parse>[2]) => {
    const call = JSON.stringify([text, options]);
    if (!parsed.has(call)) parsed.set(call, yaml.parse(text, options));
    return parsed.get(call);
  };
  return { ...yaml, parse };
});

interface Planted {
  readonly rule: string;
  readonly mistake: string;
  readonly plant: (tree: ContentTree) => void;
  /** File and field of everything that the whole check finds. */
  readonly finds: readonly (readonly [file: string, field: string])[];
  /** Other rules that the same mistake breaks, because it follows from it. */
  readonly also?: readonly string[];
}

const course = 'courses/sekretess/course.yaml';
const lesson = 'courses/sekretess/lessons/ett/sv.mdx';
const second = 'courses/sekretess/lessons/tva/sv.mdx';
const key = (id: string) => `courses/sekretess/scenarios/${id}/scenario.yaml`;
const prose = (id: string, language: Language = 'sv') => `courses/sekretess/scenarios/${id}/${language}.yaml`;
const exercise = 'courses/sekretess/exercises/papper/exercise.yaml';
const words = (language: Language) => `courses/sekretess/exercises/papper/${language}.yaml`;
const leftOut = 'guidelines/left-out.yaml';
const path = 'decision-path.yaml';
const answers = 'answers.yaml';
const shown = '<Exercise id="papper" />';
const categories = ['new-employee', 'student', 'summer-worker', 'temporary-staff', 'unit-manager'];
const filler = 'Du säger vänligt nej och lämnar frågan vidare till chefen.';
const translated = (file: string, language: Language) => file.replace('/sv.', `/${language}.`);
const simple = translated(second, 'sv-simple');
/** A Swedish text and its translations, in the order in which mistakes are told. */
const inAll = (file: string) => (['en', 'sv-simple', 'sv'] as const).map((language) => translated(file, language));

/** The same in every language: nothing lags behind. */
function replaceInAll(tree: ContentTree, file: string, from: string, to: string): void {
  for (const one of inAll(file)) tree.replace(one, from, to);
}

function setInAll(tree: ContentTree, id: string, keys: readonly (string | number)[], value: unknown): void {
  for (const file of inAll(prose(id))) tree.set(file, keys, value);
}

function rewrite(tree: ContentTree, file: string, from: string, to: string): void {
  const text = tree.files.get(file);
  if (!text?.includes(from)) throw new Error(`${file} has no “${from}”`);
  tree.files.set(file, text.replaceAll(from, to));
}

/** Makes an exercise in marking of the one in papers, where these parts are to be marked. */
function makeMarks(tree: ContentTree, kind: 'log' | 'mask', isRight: (part: string) => boolean): void {
  tree.set(exercise, ['kind'], kind);
  tree.set(exercise, ['choices'], ['mark']);
  for (const [place, part] of ['lista', 'meny', 'brev'].entries()) {
    tree.set(exercise, ['parts', place, 'right'], isRight(part) ? ['mark'] : []);
  }
  if (kind === 'log') return;
  for (const language of languages) {
    tree.set(words(language), ['document'], ['Här står {lista} på en rad.', 'Här står {meny} och sedan {brev}.']);
  }
}

const planted: readonly Planted[] = [
  {
    rule: 'rules-have-claims',
    mistake: 'a rule without claims',
    plant: (tree) => replaceInAll(tree, second, 'Du säger', '<Rule>\nDu svarar inte.\n</Rule>\n\nDu säger'),
    finds: inAll(second).map((file) => [file, 'rad 10 <Rule claims>'] as const),
  },
  {
    rule: 'claims-exist',
    mistake: 'a claim in a lesson that does not exist',
    plant: (tree) => replaceInAll(tree, lesson, 'S4-1-c2', 'S4-1-c2 S4-9-c9'),
    finds: inAll(lesson).map((file) => [file, 'rad 13 <Rule claims>'] as const),
  },
  {
    rule: 'claims-exist',
    mistake: 'a claim on an option that does not exist',
    plant: (tree) => tree.set(key('prov-0'), ['options', 1, 'claims'], ['S2-9-c9']),
    finds: [[key('prov-0'), 'options.b.claims']],
  },
  {
    rule: 'claims-exist',
    mistake: 'a claim on a step, on a reply and a note of a claim that do not exist',
    plant: (tree) => {
      tree.set(key('ovning-ordning'), ['steps', 1, 'claims'], ['S2-9-c9']);
      tree.set(key('ovning-samtal'), ['nodes', 'mer', 'replies', 0, 'claims'], ['S2-9-c9']);
      tree.set('guidelines/S1.yaml', ['sections', 0, 'claims', 0, 'notes'], ['L99']);
    },
    finds: [
      [key('ovning-ordning'), 'steps.sedan.claims'],
      [key('ovning-samtal'), 'nodes.mer.replies.a.claims'],
      ['guidelines/S1.yaml', 'S1-1-c1.notes'],
    ],
  },
  {
    rule: 'claims-exist',
    mistake: 'a claim on a part of an exercise, on a question and on an advice that do not exist',
    plant: (tree) => {
      tree.set(exercise, ['parts', 1, 'claims'], ['S2-9-c9']);
      tree.set(path, ['nodes', 'namn', 'claims'], ['S2-9-c9']);
      tree.set(path, ['ends', 'tig', 'claims'], ['S2-9-c9']);
    },
    finds: [
      [exercise, 'parts meny'],
      [path, 'namn.claims'],
      [path, 'tig.claims'],
    ],
  },
  {
    rule: 'wrong-claims-corrected',
    mistake: 'a claim that is wrong in the source, in a lesson without its note',
    plant: (tree) => replaceInAll(tree, lesson, 'S2-1-c2 S4-1-c2 L06', 'S2-1-c2 S4-1-c2'),
    finds: inAll(lesson).flatMap((file) => [
      [file, 'rad 13 <Rule claims>'],
      [file, 'rad 13 <Rule claims>'],
    ]),
  },
  {
    rule: 'wrong-claims-corrected',
    mistake: 'a claim that is outdated in the source, on a wrong option without its note',
    plant: (tree) => {
      tree.set('guidelines/S3.yaml', ['sections', 0, 'claims', 1, 'status'], 'outdated');
      tree.set(key('prov-0'), ['options', 2, 'claims'], ['S3-1-c2']);
    },
    finds: [[key('prov-0'), 'options.c.claims']],
  },
  {
    rule: 'left-out-not-cited',
    mistake: 'a note that the course leaves out, and a claim outside it, which is then taught after all',
    plant: (tree) => replaceInAll(tree, lesson, 'L06', 'L06 L32 S5-1-c3'),
    finds: [
      ...inAll(lesson).flatMap((file): [string, string][] => [
        [file, 'rad 13 <Rule claims>'],
        [file, 'rad 13 <Rule claims>'],
      ]),
      [leftOut, '0.part'],
      [leftOut, '2.part'],
    ],
    also: ['left-out-needed'],
  },
  {
    rule: 'left-out-not-cited',
    mistake: 'the same on a wrong option, which tests nothing',
    plant: (tree) => tree.set(key('prov-0'), ['options', 1, 'claims'], ['L32', 'S5-1-c3']),
    finds: [
      [key('prov-0'), 'options.b.claims'],
      [key('prov-0'), 'options.b.claims'],
    ],
  },
  {
    rule: 'taught-and-tested',
    mistake: 'a claim that no lesson teaches',
    plant: (tree) => replaceInAll(tree, lesson, 'S2-1-c1 S4-1-c1', 'S4-1-c1'),
    finds: [['guidelines/S2.yaml', 'S2-1-c1']],
  },
  {
    rule: 'taught-and-tested',
    mistake: 'a new claim of every source, and a new note, that nothing teaches or tests',
    plant: (tree) => {
      for (const source of ['S1', 'S2', 'S3', 'S4', 'S5']) {
        tree.set(`guidelines/${source}.yaml`, ['sections', 0, 'claims', source === 'S5' ? 3 : 2], {
          id: `${source}-1-c9`,
          says: 'Nytt.',
          status: 'holds',
        });
      }
      tree.set('guidelines/notes.yaml', ['claims', 2], { id: 'L40', heading: 'Nytt', taught: 'Nytt.' });
    },
    finds: [
      ...['notes', 'S1', 'S2', 'S3', 'S4', 'S5'].flatMap((source): [string, string][] => {
        const claim = source === 'notes' ? 'L40' : `${source}-1-c9`;
        return [
          [`guidelines/${source}.yaml`, claim],
          [`guidelines/${source}.yaml`, claim],
        ];
      }),
    ],
  },
  {
    rule: 'taught-and-tested',
    mistake: 'a note and a claim outside the course without the reasons for leaving them out',
    plant: (tree) => tree.set(leftOut, [], []),
    finds: [
      ['guidelines/notes.yaml', 'L32'],
      ['guidelines/notes.yaml', 'L32'],
      ['guidelines/S5.yaml', 'S5-1-c3'],
      ['guidelines/S5.yaml', 'S5-1-c3'],
    ],
  },
  {
    rule: 'taught-and-tested',
    mistake: 'a claim that only wrong options cite',
    plant: (tree) => {
      tree.replace('guidelines/S4.yaml', 'S4-1-c1', 'S4-1-c7');
      replaceInAll(tree, lesson, 'S4-1-c1', 'S4-1-c7');
      for (const [file, text] of tree.files) tree.files.set(file, text.replaceAll('- S4-1-c1', '- S4-1-c2'));
      tree.set(key('prov-0'), ['options', 1, 'claims'], ['S4-1-c7']);
    },
    finds: [['guidelines/S4.yaml', 'S4-1-c7']],
  },
  {
    rule: 'left-out-needed',
    mistake: 'left out, yet taught and tested',
    plant: (tree) => {
      const entry = { claim: 'S2-1-c1', reason: 'Den gäller inte oss.', note: 'L06' };
      tree.set(leftOut, [4], { ...entry, part: 'taught' });
      tree.set(leftOut, [5], { ...entry, part: 'tested' });
    },
    finds: [
      [leftOut, '4.part'],
      [leftOut, '5.part'],
    ],
  },
  {
    rule: 'left-out-needed',
    mistake: 'left out: an unknown claim, a note that is none, the same claim twice',
    plant: (tree) => {
      const entry = { part: 'taught', reason: 'Den gäller inte oss.', note: 'L06' };
      tree.set(leftOut, [0, 'note'], 'S2-1-c1');
      tree.set(leftOut, [4], { ...entry, claim: 'S9-1-c1' });
      tree.set(leftOut, [5], { ...entry, claim: 'S5-1-c3' });
    },
    finds: [
      [leftOut, '0.note'],
      [leftOut, '4.claim'],
      [leftOut, '5.claim'],
    ],
  },
  {
    rule: 'choices-have-a-key',
    mistake: 'choose one of two right options',
    plant: (tree) => tree.set(key('prov-0'), ['options', 1, 'right'], true),
    finds: [[key('prov-0'), 'options']],
  },
  {
    rule: 'choices-have-a-key',
    mistake: 'choose all, with nothing wrong',
    plant: (tree) => tree.set(key('ovning-flera'), ['options', 1, 'right'], true),
    finds: [[key('ovning-flera'), 'options']],
  },
  {
    rule: 'ids-once',
    mistake: 'two options of one id',
    plant: (tree) => {
      tree.set(key('prov-0'), ['options', 2, 'id'], 'b');
      for (const file of inAll(prose('prov-0'))) tree.remove(file, ['options', 'c']);
    },
    finds: [[key('prov-0'), 'options']],
  },
  {
    rule: 'prose-matches-key',
    mistake: 'an option without words, and words without an option',
    plant: (tree) => tree.replace(prose('prov-0'), '  c:', '  d:'),
    finds: [
      [prose('prov-0'), 'options'],
      [prose('prov-0'), 'options'],
    ],
  },
  {
    rule: 'prose-matches-key',
    mistake: 'a step, a node and a reply that the language file does not have',
    plant: (tree) => {
      tree.remove(prose('ovning-ordning'), ['steps', 'sist']);
      tree.remove(prose('ovning-samtal'), ['nodes', 'ute']);
      tree.remove(prose('ovning-samtal'), ['nodes', 'mer', 'replies', 'b']);
    },
    finds: [
      [prose('ovning-ordning'), 'steps'],
      [prose('ovning-samtal'), 'nodes'],
      [prose('ovning-samtal'), 'nodes.mer.replies'],
    ],
  },
  {
    rule: 'prose-matches-key',
    mistake: 'a translation that lags behind',
    plant: (tree) => tree.remove(prose('prov-0', 'en'), ['options', 'b']),
    finds: [[prose('prov-0', 'en'), 'options']],
  },
  {
    rule: 'kinds-have-prose',
    mistake: 'a choice without a question, a conversation with nobody',
    plant: (tree) => {
      tree.remove(prose('prov-0'), ['question']);
      tree.remove(prose('ovning-samtal'), ['counterpart']);
    },
    finds: [
      [prose('ovning-samtal'), 'counterpart'],
      [prose('prov-0'), 'question'],
    ],
  },
  {
    rule: 'conversations-hang-together',
    mistake: 'a start that is no node',
    plant: (tree) => tree.set(key('ovning-samtal'), ['start'], 'hallå'),
    finds: [[key('ovning-samtal'), 'start']],
  },
  {
    rule: 'conversations-hang-together',
    mistake: 'a reply that leads nowhere, to a node that nothing leads to any more',
    plant: (tree) => tree.set(key('ovning-samtal'), ['nodes', 'mer', 'replies', 1, 'to'], 'borta'),
    finds: [
      [key('ovning-samtal'), 'nodes.mer.replies.b.to'],
      [key('ovning-samtal'), 'nodes.ute'],
    ],
  },
  {
    rule: 'conversations-have-choices',
    mistake: 'a node where every reply is right',
    plant: (tree) => tree.set(key('ovning-samtal'), ['nodes', 'mer', 'replies', 1, 'right'], true),
    finds: [[key('ovning-samtal'), 'nodes.mer.replies']],
  },
  {
    rule: 'conversations-have-a-way-back',
    mistake: 'a node from which no end is reached',
    plant: (tree) => {
      tree.set(key('ovning-samtal'), ['nodes', 'hej', 'replies', 1, 'to'], 'ute');
      tree.set(key('ovning-samtal'), ['nodes', 'pressar', 'replies', 1, 'to'], 'ute');
      tree.set(key('ovning-samtal'), ['nodes', 'mer', 'replies', 0, 'to'], 'mer');
      tree.set(key('ovning-samtal'), ['nodes', 'mer', 'replies', 1, 'to'], 'mer');
      tree.set(key('ovning-samtal'), ['nodes', 'hej', 'replies', 2], {
        id: 'c',
        to: 'mer',
        right: false,
        claims: ['L06'],
      });
      setInAll(tree, 'ovning-samtal', ['nodes', 'hej', 'replies', 'c'], { text: 'Kanske.', feedback: 'Nej.' });
    },
    finds: [[key('ovning-samtal'), 'nodes.mer']],
  },
  {
    rule: 'conversations-have-a-way-back',
    mistake: 'a wrong reply after which right replies lead round and round',
    plant: (tree) => tree.set(key('ovning-samtal'), ['nodes', 'mer', 'replies', 0, 'to'], 'mer'),
    finds: [
      [key('ovning-samtal'), 'nodes.hej.replies.b.to'],
      [key('ovning-samtal'), 'nodes.pressar.replies.b.to'],
    ],
  },
  {
    rule: 'right-replies-end',
    mistake: 'a way of right replies that comes back to its start',
    plant: (tree) => {
      tree.set(key('ovning-samtal'), ['nodes', 'pressar', 'replies', 2], {
        id: 'c',
        to: 'hej',
        right: true,
        claims: ['L06'],
      });
      setInAll(tree, 'ovning-samtal', ['nodes', 'pressar', 'replies', 'c'], {
        text: 'Vi tar det från början.',
        feedback: 'Den som frågar har ingen rätt att få veta.',
      });
    },
    finds: [[key('ovning-samtal'), 'nodes.hej']],
  },
  {
    rule: 'exam-conversations-do-not-tell',
    mistake: 'security F15: a conversation in the exam whose replies lead different ways',
    plant: (tree) => {
      for (const file of [key('ovning-samtal'), ...inAll(prose('ovning-samtal'))]) {
        tree.files.set(file.replace('ovning-samtal', 'prov-samtal'), tree.files.get(file) ?? '');
      }
      tree.set(key('prov-samtal'), ['use'], 'exam');
    },
    finds: ['hej', 'mer', 'pressar'].map((node) => [key('prov-samtal'), `nodes.${node}.replies`] as const),
  },
  {
    rule: 'exercises-have-a-key',
    mistake: 'a right choice that is not among the choices',
    plant: (tree) => tree.set(exercise, ['parts', 0, 'right'], ['kamin']),
    finds: [[exercise, 'parts.0 lista']],
  },
  {
    rule: 'exercises-have-a-key',
    mistake: 'a part with nothing right, and one with two right where one is chosen',
    plant: (tree) => {
      tree.set(exercise, ['parts', 1, 'right'], []);
      tree.set(exercise, ['parts', 2, 'right'], ['lada', 'skap']);
    },
    finds: [
      [exercise, 'parts.1 meny'],
      [exercise, 'parts.2 brev'],
    ],
  },
  {
    rule: 'exercises-have-a-key',
    mistake: 'a part that stands twice',
    plant: (tree) => tree.set(exercise, ['parts', 3], { id: 'meny', right: ['lada'], claims: ['S2-1-c1'] }),
    finds: [[exercise, 'parts']],
  },
  {
    rule: 'exercises-have-a-key',
    mistake: 'no look-up in a log without ground',
    plant: (tree) => makeMarks(tree, 'log', () => false),
    finds: [[exercise, 'parts']],
  },
  {
    rule: 'exercises-have-a-key',
    mistake: 'everything to be masked',
    plant: (tree) => makeMarks(tree, 'mask', () => true),
    finds: [[exercise, 'parts']],
  },
  {
    rule: 'exercises-have-a-key',
    mistake: 'a mark with two choices',
    plant: (tree) => {
      makeMarks(tree, 'log', (part) => part === 'meny');
      tree.set(exercise, ['parts', 0, 'choices'], ['mark', 'lada']);
    },
    finds: [[exercise, 'parts.0 lista']],
  },
  {
    rule: 'exercises-have-a-key',
    mistake: 'a lesson that does not exist, so that the exercise stands in another',
    plant: (tree) => tree.set(exercise, ['lesson'], 'tre'),
    finds: [[exercise, 'lesson'], ...inAll(second).map((file) => [file, 'rad 20 <Exercise id>'] as const)],
    also: ['exercises-in-lessons'],
  },
  {
    rule: 'exercises-have-prose',
    mistake: 'a part without words in one language, and words without a part',
    plant: (tree) => {
      tree.remove(words('en'), ['parts', 'lista']);
      tree.set(words('sv'), ['parts', 'karta'], { text: 'En karta.', feedback: 'Den får ligga kvar.' });
    },
    finds: [
      [words('en'), 'parts.lista'],
      [words('sv'), 'parts.karta'],
    ],
  },
  {
    rule: 'exercises-have-prose',
    mistake: 'a choice without words',
    plant: (tree) => tree.remove(words('en'), ['choices', 'skap']),
    finds: ['lista', 'meny', 'brev'].sort().map((part) => [words('en'), `parts.${part}`] as const),
  },
  {
    rule: 'exercises-have-prose',
    mistake: 'a document to mask that lacks a part in one language, and has an unknown one in another',
    plant: (tree) => {
      makeMarks(tree, 'mask', (part) => part === 'meny');
      tree.set(words('en'), ['document', 1], 'Här står {meny} och inget mer.');
      tree.set(words('sv'), ['document', 2], 'Här står {karta}.');
    },
    finds: [
      [words('en'), 'document'],
      [words('sv'), 'document'],
    ],
  },
  {
    rule: 'exercises-have-prose',
    mistake: 'a document to mask that has a part twice',
    plant: (tree) => {
      makeMarks(tree, 'mask', (part) => part === 'meny');
      tree.set(words('sv'), ['document', 2], 'Här står {meny} igen.');
    },
    finds: [[words('sv'), 'document']],
  },
  {
    rule: 'exercises-in-lessons',
    mistake: 'an exercise in a lesson that is not its own, and one that does not exist',
    plant: (tree) => {
      replaceInAll(tree, lesson, '<Say>', `${shown}\n\n<Say>`);
      replaceInAll(tree, second, shown, `${shown}\n\n<Exercise id="borta" />`);
    },
    finds: [
      ...inAll(lesson).map((file) => [file, 'rad 17 <Exercise id>'] as const),
      ...inAll(second).map((file) => [file, 'rad 22 <Exercise id>'] as const),
    ],
  },
  {
    rule: 'exercises-in-lessons',
    mistake: 'an exercise in no lesson',
    plant: (tree) => replaceInAll(tree, second, shown, ''),
    finds: [[exercise, 'lesson']],
  },
  {
    rule: 'decision-path',
    mistake: 'an answer that leads nowhere',
    plant: (tree) => tree.set(path, ['nodes', 'namn', 'answers', 1, 'to'], 'borta'),
    finds: [[path, 'nodes.namn.nej']],
  },
  {
    rule: 'decision-path',
    mistake: 'an advice that nobody gets',
    plant: (tree) => tree.set(path, ['nodes', 'namn', 'answers', 0, 'to'], 'larma'),
    finds: [[path, 'tig']],
  },
  {
    rule: 'decision-path',
    mistake: 'a question that nobody gets, and the advice that only it leads to',
    plant: (tree) => tree.set(path, ['nodes', 'fara', 'answers', 1, 'to'], 'larma'),
    finds: [
      [path, 'namn'],
      [path, 'tig'],
    ],
  },
  {
    rule: 'decision-path',
    mistake: 'a circle',
    plant: (tree) => tree.set(path, ['nodes', 'namn', 'answers', 1, 'to'], 'fara'),
    finds: [[path, 'nodes.fara']],
  },
  {
    rule: 'decision-path',
    mistake: 'one id for a question and an advice',
    plant: (tree) => {
      tree.replace(path, '  tig:', '  namn:');
      tree.set(path, ['nodes', 'namn', 'answers', 0, 'to'], 'larma');
    },
    finds: [
      [path, 'namn'],
      [path, 'namn'],
    ],
  },
  {
    rule: 'asked-once',
    mistake: 'a way of asking that stands twice, and one that asks for an answer that is not there',
    plant: (tree) => {
      tree.files.set('asked/sv/fragor.txt', '[ring]\nvem ringer jag\nvem ringer jag\n[borta]\nvart tog det vägen\n');
    },
    finds: [
      ['asked/sv/fragor.txt', 'rad 3'],
      ['asked/sv/fragor.txt', 'rad 5'],
    ],
  },
  {
    rule: 'answers-lead-on',
    mistake: 'an answer of a lesson that is not there',
    plant: (tree) => tree.set(answers, ['ring', 'lesson'], 'tio'),
    finds: [[answers, 'ring.lesson']],
  },
  {
    rule: 'answers-lead-on',
    mistake: 'an answer under a heading that is not there, with a local name that nobody has set',
    plant: (tree) => {
      tree.set(answers, ['ring', 'section'], 'Rubriken');
      tree.set(answers, ['ring', 'en'], 'Du ringer din chef eller {nightDoor} så fort du kan.');
    },
    finds: [
      [answers, 'ring.en'],
      [answers, 'ring.section'],
    ],
  },
  {
    rule: 'all-translated',
    mistake: 'a lesson, a scenario, an exercise and a word that a language does not have',
    plant: (tree) => {
      tree.files.delete(translated(second, 'en'));
      tree.files.delete(prose('prov-0', 'sv-simple'));
      tree.files.delete(words('en'));
      tree.remove('glossary.yaml', [0, 'en']);
    },
    finds: [
      [words('en'), '-'],
      [translated(second, 'en'), '-'],
      [prose('prov-0', 'sv-simple'), '-'],
      ['glossary.yaml', 'men.en'],
    ],
  },
  {
    rule: 'translations-agree',
    mistake: 'rules in another order',
    plant: (tree) => {
      const rule = 'S1-1-c1 S3-1-c1 S5-1-c1';
      const file = translated(second, 'en');
      tree.replace(file, rule, 'ANDRA');
      tree.replace(file, 'S1-1-c2 S3-1-c2 S5-1-c2 L06', rule);
      tree.replace(file, 'ANDRA', 'S1-1-c2 S3-1-c2 S5-1-c2 L06');
    },
    finds: [[translated(second, 'en'), 'ordningen']],
  },
  {
    rule: 'translations-agree',
    mistake: 'a rule that rests on less, practice too much and an exercise too little',
    plant: (tree) => {
      tree.replace(translated(lesson, 'en'), 'S2-1-c1 S4-1-c1', 'S2-1-c1');
      tree.replace(translated(lesson, 'sv-simple'), '<Practice', '<Practice scenario="ovning-flera" />\n\n<Practice');
      tree.replace(translated(second, 'en'), shown, '');
      tree.replace(translated(second, 'sv-simple'), shown, `${shown}\n\n${shown}`);
    },
    finds: [lesson, second].flatMap((file) =>
      (['en', 'sv-simple'] as const).map((language) => [translated(file, language), 'ordningen'] as const),
    ),
  },
  {
    rule: 'plain-swedish',
    mistake: 'a lesson in long words',
    plant: (tree) => {
      rewrite(tree, simple, 'säger vänligt', 'svarar vänligt men bestämt');
      rewrite(tree, simple, 'lämnar frågan vidare till chefen', 'överlämnar ärendet till enhetschefen');
    },
    finds: [[simple, 'hela lektionen']],
  },
  {
    rule: 'plain-swedish',
    mistake: 'a lesson in long sentences of short words',
    plant: (tree) => rewrite(tree, simple, filler, 'Du säger nej och går till din chef med det som du vet nu.'),
    finds: [[simple, 'hela lektionen']],
  },
  {
    rule: 'plain-swedish',
    mistake: 'a lesson in which every other sentence is very short',
    plant: (tree) => rewrite(tree, simple, filler, 'Du säger nej i dag och går till din chef. Säg nej.'),
    finds: [[simple, 'hela lektionen']],
  },
  {
    rule: 'plain-swedish',
    mistake: 'an exercise, the decision path and the questions on a lesson in long words',
    plant: (tree) => {
      const hard =
        'Bestämmelserna förutsätter individuella bedömningar innan personalen överlämnar personuppgifter till andra. ';
      tree.set(words('sv-simple'), ['task'], hard.repeat(5));
      tree.set(path, ['ends', 'tig', 'sv-simple', 'text'], hard.repeat(5));
      tree.set(key('ovning-relatives-0'), ['lesson'], 'tva');
      tree.set(prose('ovning-relatives-0', 'sv-simple'), ['situation'], hard.repeat(5));
    },
    finds: [
      [words('sv-simple'), 'hela övningen'],
      [simple, 'övriga frågor'],
      [path, 'sv-simple'],
    ],
  },
  {
    rule: 'lessons-agree',
    mistake: 'a lesson in the course without text, and a text without its lesson',
    plant: (tree) => {
      tree.set(course, ['lessons', 2], 'tre');
      tree.files.set(second.replace('tva', 'fyra'), (tree.files.get(second) ?? '').replace(shown, ''));
    },
    finds: [
      [course, 'lessons'],
      [course, 'lessons'],
      [translated(second, 'en').replace('tva', 'tre'), '-'],
      [translated(second, 'sv-simple').replace('tva', 'tre'), '-'],
    ],
    also: ['all-translated'],
  },
  {
    rule: 'lessons-agree',
    mistake: 'a lesson twice, and a track that requires an unknown one',
    plant: (tree) => {
      tree.set(course, ['lessons', 2], 'ett');
      tree.set(course, ['tracks', 'student', 'required'], ['ett', 'tre']);
    },
    finds: [
      [course, 'lessons'],
      [course, 'tracks.student.required'],
    ],
  },
  {
    rule: 'scenarios-have-a-lesson',
    mistake: 'a scenario of an unknown lesson',
    plant: (tree) => tree.set(key('ovning-flera'), ['lesson'], 'tre'),
    finds: [[key('ovning-flera'), 'lesson']],
  },
  {
    rule: 'guidelines-exist',
    mistake: 'a course on a guideline that there is not',
    plant: (tree) => tree.set(course, ['guidelines', 1], 'S9'),
    finds: [[course, 'guidelines']],
  },
  {
    rule: 'lessons-show-practice',
    mistake: 'an exam item in a lesson',
    plant: (tree) => replaceInAll(tree, lesson, 'ovning-samtal', 'prov-3'),
    finds: inAll(lesson).map((file) => [file, 'rad 19 <Practice scenario>'] as const),
  },
  {
    rule: 'lessons-show-practice',
    mistake: 'an item in a lesson that does not exist',
    plant: (tree) => replaceInAll(tree, lesson, 'ovning-samtal', 'ovning-borta'),
    finds: inAll(lesson).map((file) => [file, 'rad 19 <Practice scenario>'] as const),
  },
  {
    rule: 'terms-exist',
    mistake: 'a word that the glossary does not have, in a lesson and in the glossary',
    plant: (tree) => {
      tree.replace(lesson, '<Term id="roja">', '<Term id="roj">');
      tree.replace('glossary.yaml', '    - roja', '    - roj');
    },
    finds: [
      [lesson, 'rad 10 <Term id>'],
      ['glossary.yaml', 'men.related'],
    ],
  },
  {
    rule: 'local-names-exist',
    mistake: 'a local name that is not set',
    plant: (tree) => tree.replace(lesson, 'name="secureChannel"', 'name="mailSystem"'),
    finds: [[lesson, 'rad 14 <Local name>']],
  },
  {
    rule: 'lessons-are-prose',
    mistake: 'an import, an expression and a comment',
    plant: (tree) =>
      tree.replace(second, 'Du säger', 'import nyckel from nyckel\n\nDu {svarar}\n\n<!-- senare -->\n\nDu säger'),
    finds: [
      [second, 'rad 10'],
      [second, 'rad 12'],
      [second, 'rad 14'],
    ],
  },
  {
    rule: 'lessons-are-prose',
    mistake: 'HTML, an unknown component and an unknown attribute',
    plant: (tree) =>
      tree.replace(second, 'Du säger', '<b>Nej</b>\n\n<Video src="x" />\n\n<Say loud="yes">Nej</Say>\n\nDu säger'),
    finds: [
      [second, 'rad 10 <b>'],
      [second, 'rad 10 <b>'],
      [second, 'rad 12 <Video>'],
      [second, 'rad 14 <Say>'],
    ],
  },
  {
    rule: 'lessons-are-prose',
    mistake: 'tags that are not closed, or without what they need',
    plant: (tree) => tree.replace(second, 'Du säger', '<Remember>Kom ihåg.\n\n<Term>ord</Term>\n\nDu säger'),
    finds: [
      [second, 'rad 10 <Remember>'],
      [second, 'rad 12 <Term>'],
    ],
  },
  {
    rule: 'lessons-are-prose',
    mistake: 'tags that cross each other',
    plant: (tree) => tree.replace(second, 'Du säger', '<Say>”Nej, <Term id="men">men</Say></Term>\n\nDu säger'),
    finds: [[second, 'rad 10 <Term>']],
  },
  {
    rule: 'bank-large-enough',
    mistake: 'too few scenarios, and too few on journalists',
    plant: (tree) => {
      for (const place of [0, 1, 2, 3, 4, 5]) {
        removeScenario(tree, `ovning-relatives-${place}`);
        if (place < 5) removeScenario(tree, `ovning-social-media-${place}`);
        if (place === 0) removeScenario(tree, `ovning-journalists-${place}`);
      }
    },
    finds: [
      ['courses/sekretess/scenarios', '-'],
      ['courses/sekretess/scenarios', 'journalists'],
      ['courses/sekretess/scenarios', 'relatives'],
      ['courses/sekretess/scenarios', 'social-media'],
    ],
  },
  {
    rule: 'exams-can-be-drawn',
    mistake: 'a part with fewer than twice as many candidates as are drawn, for one audience',
    plant: (tree) =>
      tree.set(
        key('prov-relatives-0'),
        ['audiences'],
        ['new-employee', 'temporary-staff', 'summer-worker', 'unit-manager'],
      ),
    finds: [[course, 'tracks.student.blueprint.3']],
  },
  {
    rule: 'exams-can-be-drawn',
    mistake: 'a candidate on a lesson that no track requires',
    plant: (tree) => tree.set(key('prov-journalists-1'), ['lesson'], 'tva'),
    finds: categories.map((category) => [course, `tracks.${category}.blueprint.2`] as const),
  },
  {
    rule: 'exams-can-be-drawn',
    mistake: 'a part that only a conversation can fill, which cannot be asked on paper',
    plant: (tree) => {
      replaceInAll(tree, lesson, '<Practice scenario="ovning-samtal" />', '<Practice scenario="ovning-flera" />');
      tree.set(key('ovning-samtal'), ['use'], 'exam');
      tree.set(key('ovning-samtal'), ['theme'], 'records');
      tree.set(course, ['tracks', 'student', 'blueprint', 4], { themes: ['records'], count: 1 });
    },
    // One candidate is also too few of them.
    finds: [
      [course, 'tracks.student.blueprint.4'],
      [course, 'tracks.student.blueprint.4'],
      [key('ovning-samtal'), 'nodes.hej.replies'],
      [key('ovning-samtal'), 'nodes.mer.replies'],
      [key('ovning-samtal'), 'nodes.pressar.replies'],
    ],
    also: ['exam-conversations-do-not-tell'],
  },
  {
    rule: 'exams-cover-their-lessons',
    mistake: 'a track that requires a lesson on which there are no exam items',
    plant: (tree) => {
      tree.set(course, ['tracks', 'student', 'required'], ['ett', 'tva']);
      tree.set(course, ['tracks', 'student', 'atMostMinutes'], 60);
    },
    finds: [[course, 'tracks.student.required']],
  },
  {
    rule: 'exams-ask-what-they-must',
    mistake: 'too few questions',
    plant: (tree) => {
      tree.set(course, ['tracks', 'new-employee', 'blueprint', 0, 'count'], 11);
      // Fourteen are enough for summer workers.
      tree.set(course, ['tracks', 'summer-worker', 'blueprint', 0, 'count'], 11);
    },
    finds: [[course, 'tracks.new-employee.blueprint']],
  },
  {
    rule: 'exams-ask-what-they-must',
    mistake: 'journalists only perhaps, and basics in two parts',
    plant: (tree) => tree.set(course, ['tracks', 'new-employee', 'blueprint', 2, 'themes'], ['journalists', 'basics']),
    finds: [
      [course, 'tracks.new-employee.blueprint'],
      [course, 'tracks.new-employee.blueprint'],
    ],
  },
  {
    rule: 'form-gives-nothing-away',
    mistake: 'the right option is the longest and always the first',
    plant: (tree) => {
      for (let place = 0; place < 24; place++) {
        for (const [option, id] of ['a', 'b', 'c'].entries()) {
          tree.set(key(`prov-${place}`), ['options', option, 'right'], id === 'a');
          tree.set(
            prose(`prov-${place}`),
            ['options', id, 'text'],
            id === 'a' ? 'Jag säger nej och ringer chefen.' : 'Jag svarar.',
          );
        }
      }
    },
    finds: [
      ['courses/sekretess/scenarios', 'det rätta står på plats 1 (sv)'],
      ['courses/sekretess/scenarios', 'det rätta är längst (sv)'],
    ],
  },
  {
    rule: 'form-gives-nothing-away',
    mistake: 'the right option is the longest in a translation only',
    plant: (tree) => {
      for (let place = 0; place < 24; place++) {
        const right = ['options', 'abc'[place % 3] ?? '', 'text'];
        tree.set(prose(`prov-${place}`, 'en'), right, 'Jag ber chefen ringa upp den som frågar och säger det.');
      }
    },
    finds: [['courses/sekretess/scenarios', 'det rätta är längst (en)']],
  },
  {
    rule: 'form-gives-nothing-away',
    mistake: 'the right option is the shortest',
    plant: (tree) => {
      for (let place = 0; place < 24; place++) {
        tree.set(prose(`prov-${place}`), ['options', 'abc'[place % 3] ?? '', 'text'], 'Jag svarar nej.');
      }
    },
    finds: [['courses/sekretess/scenarios', 'det rätta är kortast (sv)']],
  },
  {
    rule: 'items-are-short',
    mistake: 'an exam item of more than 70 words, and a practice item of more than 110',
    plant: (tree) => {
      tree.set(prose('prov-0'), ['situation'], 'Någon ringer. '.repeat(30));
      tree.set(prose('ovning-flera'), ['situation'], 'Någon ringer. '.repeat(55));
    },
    finds: [
      [prose('ovning-flera'), 'situation, question, options'],
      [prose('prov-0'), 'situation, question, options'],
    ],
  },
  {
    rule: 'items-are-short',
    mistake: 'an exam conversation of more than 150 words along the right way',
    plant: (tree) => {
      replaceInAll(tree, lesson, '<Practice scenario="ovning-samtal" />', '<Practice scenario="ovning-flera" />');
      tree.set(key('ovning-samtal'), ['use'], 'exam');
      tree.set(prose('ovning-samtal'), ['situation'], 'Någon ringer. '.repeat(70));
    },
    finds: [
      [key('ovning-samtal'), 'nodes.hej.replies'],
      [key('ovning-samtal'), 'nodes.mer.replies'],
      [key('ovning-samtal'), 'nodes.pressar.replies'],
      [prose('ovning-samtal'), 'nodes'],
    ],
    also: ['exam-conversations-do-not-tell'],
  },
  {
    rule: 'lessons-take-their-time',
    mistake: 'a lesson of less than three minutes, and one of more than six',
    plant: (tree) => {
      tree.replace(second, 'Du säger vänligt nej och lämnar frågan vidare till chefen. '.repeat(5), '');
      tree.replace(lesson, 'Du säger', `${'Du svarar inte på den frågan. '.repeat(65)}\nDu säger`);
    },
    finds: [
      [lesson, '-'],
      [second, '-'],
    ],
  },
  {
    rule: 'lessons-take-their-time',
    mistake: 'a lesson of more than ten minutes with its exercise',
    plant: (tree) => tree.set(words('sv'), ['situation'], 'Du sorterar papper. '.repeat(280)),
    finds: [[second, '-']],
  },
  {
    rule: 'tracks-keep-their-promise',
    mistake: 'a track that takes longer than it says',
    plant: (tree) => tree.set(course, ['tracks', 'new-employee', 'atMostMinutes'], 8),
    finds: [[course, 'tracks.new-employee.atMostMinutes']],
  },
  {
    rule: 'quotes-are-curly',
    mistake: 'straight quotation marks in a lesson, a reply, feedback and the glossary',
    plant: (tree) => {
      tree.replace(lesson, '”Det får jag inte säga.”', '"Det får jag inte säga."');
      tree.set(prose('ovning-samtal'), ['nodes', 'mer', 'replies', 'a', 'text'], "Jag säger 'nej'.");
      tree.set(prose('prov-0'), ['options', 'b', 'feedback'], 'Säg "nej" till den som frågar.');
      tree.set('glossary.yaml', [1, 'en'], { word: 'disclose', text: 'Another\'s "knowledge".' });
    },
    finds: [
      [lesson, 'rad 17'],
      [prose('ovning-samtal'), 'nodes.mer.replies.a.text'],
      [prose('prov-0'), 'options.b.feedback'],
      ['glossary.yaml', 'roja.en.text'],
    ],
  },
  {
    rule: 'spaces-are-single',
    mistake: 'two blanks in a row',
    plant: (tree) => {
      tree.replace(lesson, 'Använd <Local', 'Använd  <Local');
      tree.set(prose('prov-0'), ['remember'], 'Ring  chefen.');
    },
    finds: [
      [lesson, 'rad 14'],
      [prose('prov-0'), 'remember'],
    ],
  },
  {
    rule: 'no-local-names',
    mistake: 'the name of the municipality, whole and in the genitive',
    plant: (tree) => {
      tree.replace(second, 'objective: Du vet vad som gäller.', 'objective: Du vet vad som gäller i Påhittade kommun.');
      tree.set(prose('prov-0'), ['situation'], 'Någon ringer till Påhittades växel.');
    },
    finds: [
      [second, 'objective'],
      [prose('prov-0'), 'situation'],
    ],
  },
  {
    rule: 'no-domains',
    mistake: 'addresses that may be somebody’s',
    plant: (tree) => {
      tree.set(prose('prov-0'), ['situation'], 'Du läser på nyheterna.se.');
      tree.set(prose('prov-1'), ['situation'], 'Skriv till ulla@kommunen.');
      tree.set(prose('prov-2'), ['situation'], 'Se www.tidningen och https://tidningen.');
    },
    finds: ['prov-0', 'prov-1', 'prov-2'].map((id) => [prose(id), 'situation'] as const),
  },
  {
    rule: 'right-answers-say-why',
    mistake: 'feedback that only praises',
    plant: (tree) => {
      tree.set(prose('prov-0'), ['options', 'a', 'feedback'], 'Rätt! Det gjorde du riktigt bra.');
      tree.set(prose('ovning-ordning'), ['steps', 'sist', 'feedback'], 'Bra!');
      tree.set(prose('ovning-samtal'), ['nodes', 'hej', 'replies', 'a', 'feedback'], 'Snyggt jobbat.');
    },
    finds: [
      [prose('ovning-ordning'), 'steps.sist.feedback'],
      [prose('ovning-samtal'), 'nodes.hej.replies.a.feedback'],
      [prose('prov-0'), 'options.a.feedback'],
    ],
  },
];

function removeScenario(tree: ContentTree, id: string): void {
  for (const file of [key(id), ...inAll(prose(id))]) tree.files.delete(file);
}

const content = keepContent();
afterAll(() => content.remove());

test('the small content keeps every rule', () => {
  const checked = content.check(() => undefined);
  expect(checked.ok ? [] : checked.mistakes).toEqual([]);
});

test('every rule has a planted mistake', () => {
  const tried = new Set(planted.map(({ rule }) => rule));
  expect(rules.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  expect([...tried].filter((name) => !rules.some((rule) => rule.name === name))).toEqual([]);
});

describe.each(rules.map(({ name }) => name))('%s finds', { timeout: 30_000 }, (name) => {
  test.each(planted.filter(({ rule }) => rule === name))('$mistake', ({ plant, finds, also = [] }) => {
    const checked = content.check(plant);
    const found = checked.ok ? [] : checked.mistakes.map(({ file, field }) => `${file} · ${field}`);
    expect(found).toEqual(finds.map((place) => place.join(' · ')));
    const broken = checked.ok ? [] : checked.broken.map((rule) => rule.name);
    expect(broken.sort()).toEqual([name, ...also].sort());
  });
});

describe('files that cannot be read', { timeout: 30_000 }, () => {
  test.each<{ mistake: string; plant: (tree: ContentTree) => void; finds: readonly (readonly [string, string])[] }>([
    {
      mistake: 'are all named at once',
      plant: (tree) => {
        tree.files.set('glossary.yaml', '- id: [');
        tree.set(key('prov-0'), ['theme'], 'gossip');
        tree.remove(prose('prov-1'), ['situation']);
        tree.replace(lesson, 'drawing: key', 'drawing: elephant');
        tree.files.set(second, 'Ingen rubrik.');
        tree.set(leftOut, [], [{ claim: 'S2-1-c1' }]);
      },
      finds: [
        ['glossary.yaml', '-'],
        [lesson, 'drawing'],
        [second, 'rad 1'],
        [leftOut, '0.part'],
        [leftOut, '0.reason'],
        [leftOut, '0.note'],
        [key('prov-0'), 'theme'],
        [prose('prov-1'), 'situation'],
      ],
    },
    {
      mistake: 'are named also when they are the decision path and an exercise',
      plant: (tree) => {
        tree.remove(path, ['nodes', 'fara', 'en']);
        tree.set(path, ['ends', 'tig', 'verdict'], 'maybe');
        tree.remove(exercise, ['parts', 2]);
        tree.remove(words('sv'), ['remember']);
      },
      finds: [
        [path, 'nodes.fara.en'],
        [path, 'ends.tig.verdict'],
        [exercise, 'parts'],
      ],
    },
    {
      mistake: 'name a claim that stands twice',
      plant: (tree) => tree.replace('guidelines/S1.yaml', 'S1-1-c2', 'S1-1-c1'),
      finds: [['guidelines/S1.yaml', 'S1-1-c1']],
    },
  ])('$mistake', ({ plant, finds }) => {
    const checked = content.check(plant);
    const found = checked.ok ? [] : checked.mistakes.map(({ file, field }) => `${file} · ${field}`);
    expect(found).toEqual(finds.map((place) => place.join(' · ')));
  });
});

test('every planted mistake has been taken back', () => {
  expect(content.check(() => undefined)).toMatchObject({ ok: true });
});
