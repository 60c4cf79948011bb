import { type Answers, answersFile } from '#content/answers.ts';
import { type DecisionPath, decisionPathFile } from '#content/decision-path.ts';
import { exercisesFolder } from '#content/exercise-files.ts';
import { glossaryFile, textFile } from '#content/files.ts';
import { lineAt } from '#content/mdx-tags.ts';
import type { LessonText } from '#content/read-lessons.ts';
import type { ExerciseText } from '#domain/course/exercise.ts';
import type { ScenarioText } from '#domain/course/scenario.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import type { Content } from './read-content.ts';

/** A piece of text as a reader sees it, and where it stands. */
export interface Prose {
  readonly file: string;
  readonly field: string;
  readonly text: string;
}

/** All prose of lessons, scenarios and glossary, in every language. */
export function proseOf({ lessons, course, glossary, decisionPath, answers }: Content): Prose[] {
  const ofScenarios = [...course.texts].flatMap(([id, texts]) =>
    Object.entries(texts).flatMap(([language, text]) =>
      textsIn(text).map(([field, words]) => ({ file: textFile(id, language as Language), field, text: words })),
    ),
  );
  const ofGlossary = glossary.flatMap(({ id, sv, 'sv-simple': simple, en }) =>
    Object.entries({ sv, 'sv-simple': simple, en }).flatMap(([language, term]) =>
      term
        ? Object.entries(term).map(([key, text]) => ({ file: glossaryFile, field: `${id}.${language}.${key}`, text }))
        : [],
    ),
  );
  const ofExercises = [...course.exerciseTexts].flatMap(([id, texts]) =>
    Object.entries(texts).flatMap(([language, text]) =>
      wordsOfExercise(text).map(([field, words]) => ({
        file: `${exercisesFolder}/${id}/${language}.yaml`,
        field,
        text: words,
      })),
    ),
  );
  return [
    ...lessons.flatMap(proseOfLesson),
    ...ofScenarios,
    ...ofExercises,
    ...ofGlossary,
    ...wordsOfPath(decisionPath),
    ...wordsOfAnswers(answers),
  ];
}

/** The advice of the look-up. */
export function wordsOfAnswers(answers: Answers, only: readonly Language[] = languages): Prose[] {
  return Object.entries(answers).flatMap(([id, answer]) =>
    only.map((language) => ({ file: answersFile, field: `${id}.${language}`, text: answer[language] })),
  );
}

/** Everything that is read on the path “Får jag berätta?”. */
export function wordsOfPath({ nodes, ends }: DecisionPath, only: readonly Language[] = languages): Prose[] {
  const file = decisionPathFile;
  return only.flatMap((language) => [
    ...Object.entries(nodes).flatMap(([id, node]) => [
      { file, field: `nodes.${id}.${language}.question`, text: node[language].question },
      { file, field: `nodes.${id}.${language}.help`, text: node[language].help },
      ...node.answers.map((answer) => ({ file, field: `nodes.${id}.answers.${answer.id}`, text: answer[language] })),
    ]),
    ...Object.entries(ends).flatMap(([id, end]) =>
      (['title', 'text', 'say'] as const).map((field) => ({
        file,
        field: `ends.${id}.${language}.${field}`,
        text: end[language][field],
      })),
    ),
  ]);
}

/** Everything that is read in an exercise, and where it stands. */
export function wordsOfExercise(text: ExerciseText): [field: string, text: string][] {
  const named = (place: string, words: Readonly<Record<string, string>> = {}): [string, string][] =>
    Object.entries(words).map(([key, value]) => [`${place}.${key}`, value]);
  return [
    ['title', text.title],
    ['situation', text.situation],
    ['task', text.task],
    ...(text.context ? [['context.heading', text.context.heading] as [string, string]] : []),
    ...(text.context?.lines ?? []).map((line, place): [string, string] => [`context.lines.${place}`, line]),
    ...(text.document ?? []).map((line, place): [string, string] => [`document.${place}`, line]),
    ...named('map', text.map),
    ...named('choices', text.choices),
    ...Object.entries(text.parts).flatMap(([id, part]): [string, string][] => [
      [`parts.${id}.text`, part.text],
      [`parts.${id}.feedback`, part.feedback],
      ...named(`parts.${id}.choices`, part.choices),
    ]),
    ['remember', text.remember],
  ];
}

function textsIn(text: ScenarioText): [field: string, text: string][] {
  const ofOptions = (place: string, options: ScenarioText['options'] = {}): [string, string][] =>
    Object.entries(options).flatMap(([id, option]): [string, string][] => [
      [`${place}.${id}.text`, option.text],
      [`${place}.${id}.feedback`, option.feedback],
    ]);
  const alone = (['title', 'situation', 'question', 'counterpart', 'remember'] as const).flatMap(
    (field): [string, string][] => (text[field] === undefined ? [] : [[field, text[field]]]),
  );
  const ofNodes = Object.entries(text.nodes ?? {}).flatMap(([node, { text: line, replies }]): [string, string][] => [
    [`nodes.${node}.text`, line],
    ...ofOptions(`nodes.${node}.replies`, replies),
  ]);
  return [...alone, ...ofOptions('options', text.options), ...ofOptions('steps', text.steps), ...ofNodes];
}

/** Paragraph by paragraph, without tags; a local name stands as one word. */
function proseOfLesson({ file, frontMatter, body, firstLine }: LessonText): Prose[] {
  const { title, objective, summary } = frontMatter;
  const ofHead = Object.entries({ title, objective, summary }).map(([field, text]) => ({ file, field, text }));
  const inTags = [...body.matchAll(/<Example[^>]*\splace="([^"]*)"/g)].map((match) => ({
    file,
    field: `rad ${lineAt(body, match.index, firstLine)} <Example place>`,
    text: match[1] ?? '',
  }));
  const plain = body.replace(/<[^>]*\/>/g, 'ord').replace(/<[^>]*>/g, '');
  const paragraphs = [...plain.matchAll(/\S.*(\n.*\S.*)*/g)].map((match) => ({
    file,
    field: `rad ${lineAt(plain, match.index, firstLine)}`,
    text: match[0],
  }));
  return [...ofHead, ...inTags, ...paragraphs];
}
