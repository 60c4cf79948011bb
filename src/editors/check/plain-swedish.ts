import { answersFile } from '#content/answers.ts';
import { decisionPathFile } from '#content/decision-path.ts';
import { exercisesFolder } from '#content/exercise-files.ts';
import { lessonFile, textFile } from '#content/files.ts';
import { localNameIn, type Municipality } from '#content/municipality.ts';
import type { LessonText } from '#content/read-lessons.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import { practiceIn } from '#content/reading-time.ts';
import type { ExerciseText } from '#domain/course/exercise.ts';
import type { ScenarioText } from '#domain/course/scenario.ts';
import { wordsOfAnswers, wordsOfExercise, wordsOfPath } from './prose.ts';
import type { Content } from './read-content.ts';
import { type Block, notPlain, type Readability, readability } from './readability.ts';

/** A text in plain Swedish and how easy it is: a lesson with the practice in it, or the exam questions on a lesson. */
export interface PlainText extends Readability {
  readonly file: string;
  readonly field: string;
}

/** Every lesson in plain Swedish, with its practice items; the other scenarios on it, taken together; every exercise. */
export function plainTexts({ lessons, course, municipality, decisionPath, answers }: Content): PlainText[] {
  const ofExercises = [...course.exerciseTexts].flatMap(([id, texts]): PlainText[] => {
    const text = texts['sv-simple'];
    const file = `${exercisesFolder}/${id}/sv-simple.yaml`;
    return text ? [{ file, field: 'hela övningen', ...readability(blocksOfExercise(text)) }] : [];
  });
  const ofLessons = lessons
    .filter(({ language }) => language === 'sv-simple')
    .flatMap((lesson): PlainText[] => {
      const inLesson = practiceIn(lesson.body);
      const blocksOf = (ids: readonly string[]) =>
        ids.flatMap((id) => blocksOfScenario(course.texts.get(id)?.['sv-simple']));
      const others = [...course.scenarios.values()]
        .filter((scenario) => scenario.lesson === lesson.slug && !inLesson.includes(scenario.id))
        .map(({ id }) => id);
      const blocksInAll = [...blocksOfLesson(lesson, municipality), ...blocksOf(inLesson)];
      return [
        { file: lesson.file, field: 'hela lektionen', ...readability(blocksInAll) },
        { file: lessonFile(lesson.slug, 'sv-simple'), field: 'övriga frågor', ...readability(blocksOf(others)) },
      ].filter(({ words }) => words > 0);
    });
  const ofPath = {
    file: decisionPathFile,
    field: 'sv-simple',
    ...readability(
      wordsOfPath(decisionPath, ['sv-simple']).map(({ field, text }) => ({
        text,
        isHeading: /answers|title/.test(field),
      })),
    ),
  };
  const ofAnswers = {
    file: answersFile,
    field: 'sv-simple',
    ...readability(
      wordsOfAnswers(answers, ['sv-simple']).map(({ text }) => ({ text: withLocalNames(text, municipality) })),
    ),
  };
  return [...ofLessons, ...ofExercises, ofPath, ofAnswers];
}

function withLocalNames(text: string, municipality: Municipality): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => localNameIn(municipality, name, 'sv-simple') ?? name);
}

export function plainSwedishIsPlain(content: Content): ContentMistake[] {
  return plainTexts(content).flatMap(({ file, field, ...measured }) =>
    notPlain(measured).map((problem) => ({
      file,
      field,
      problem,
      remedy: 'skriv en tanke i varje mening, och byt långa ord mot korta',
    })),
  );
}

/** One scenario alone: for editors, who want to know where to begin. */
export function plainnessOf(content: Content, id: string): PlainText {
  const text = content.course.texts.get(id)?.['sv-simple'];
  return { file: textFile(id, 'sv-simple'), field: '-', ...readability(blocksOfScenario(text)) };
}

export function blocksOfLesson({ body, frontMatter }: LessonText, municipality: Municipality): Block[] {
  const words = body
    .replace(
      /<Local\s+name="([^"]*)"\s*\/>/g,
      (_, name: string) => localNameIn(municipality, name, 'sv-simple') ?? name,
    )
    .replace(/<[^>]*\/>/g, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('**', '');
  // A line of a list is a block; lines of one paragraph are not.
  const blocks = words.split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)/).map((text) => text.trim());
  return [
    { text: frontMatter.title, isHeading: true },
    { text: frontMatter.objective },
    ...blocks
      .filter((text) => text !== '')
      .map((text) => ({ text: text.replace(/^(#+|[-*]|\d+\.)\s+/, ''), isHeading: text.startsWith('#') })),
  ];
}

/** Names of boxes and choices are labels; a part of a document is read where it stands. */
export function blocksOfExercise(text: ExerciseText): Block[] {
  const isLabel = (field: string) => /^(title|map|choices|context\.heading)/.test(field) || field.includes('.choices.');
  const inDocument = (id: string) => text.parts[id]?.text ?? '';
  return wordsOfExercise(text)
    .filter(([field]) => !(text.document && /^parts\.[^.]+\.text$/.test(field)))
    .map(([field, words]) => ({
      text: words.replace(/\{([^}]*)\}/g, (_, id: string) => inDocument(id)),
      isHeading: isLabel(field),
    }));
}

export function blocksOfScenario(text: ScenarioText | undefined): Block[] {
  if (!text) return [];
  const ofOptions = (options: ScenarioText['options'] = {}): Block[] =>
    Object.values(options).flatMap((option) => [{ text: option.text }, { text: option.feedback }]);
  return [
    { text: text.title, isHeading: true },
    { text: text.situation },
    ...(text.question ? [{ text: text.question }] : []),
    ...ofOptions(text.options),
    ...ofOptions(text.steps),
    ...Object.values(text.nodes ?? {}).flatMap((node) => [{ text: node.text }, ...ofOptions(node.replies)]),
    ...(text.remember ? [{ text: text.remember }] : []),
  ];
}
