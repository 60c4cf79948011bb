import { exercisesFolder } from '#content/exercise-files.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import type { Exercise, ExerciseText } from '#domain/course/exercise.ts';
import type { Content } from './read-content.ts';

const keyOf = (id: string) => `${exercisesFolder}/${id}/exercise.yaml`;
const proseOf = (id: string, language: string) => `${exercisesFolder}/${id}/${language}.yaml`;

/** Right choices are among those that there are; a mark is one choice, and elsewhere something must be right. */
export function exercisesHaveAKey({ course }: Content): ContentMistake[] {
  return [...course.exercises.values()].flatMap((exercise) => {
    const { id, kind, parts, lesson } = exercise;
    const isMark = kind === 'mask' || kind === 'log';
    const at = (field: string, problem: string, remedy: string) => ({ file: keyOf(id), field, problem, remedy });
    const ofParts = parts.flatMap((part, place) => {
      const field = `parts.${place} ${part.id}`;
      const strange = part.right.filter((choice) => !part.choices.includes(choice));
      return [
        ...strange.map((choice) => at(field, `${choice} finns inte bland valen`, 'rätta right eller choices')),
        ...(isMark && part.choices.length !== 1 ? [at(field, 'en markering är ett enda val', 'ange ett val')] : []),
        ...(!isMark && part.choices.length < 2 ? [at(field, 'inget att välja mellan', 'ange minst två val')] : []),
        ...(!isMark && part.right.length === 0 ? [at(field, 'inget val är rätt', 'ange right')] : []),
        ...(!isMark && !part.many && part.right.length > 1
          ? [at(field, 'flera val är rätta, men ett enda kan göras', 'sätt many: true, eller rätta right')]
          : []),
      ];
    });
    const ids = parts.map((part) => part.id);
    const twice = ids
      .filter((one, place) => ids.indexOf(one) < place)
      .map((one) => at('parts', `id:t ${one} finns två gånger`, 'ge varje del ett eget id'));
    const sameAnswer = isMark && new Set(parts.map(({ right }) => right.length)).size < 2;
    return [
      ...ofParts,
      ...twice,
      ...(sameAnswer
        ? [at('parts', 'alla delar har samma svar', 'för lite och för mycket ska båda kunna bli fel')]
        : []),
      ...(course.lessons.includes(lesson) ? [] : [at('lesson', `lektionen ${lesson} finns inte`, 'rätta namnet')]),
    ];
  });
}

/** Parts and choices have the same ids in exercise.yaml and in every language file. */
export function exerciseProseMatchesKey({ course }: Content): ContentMistake[] {
  return [...course.exercises.values()].flatMap((exercise) =>
    Object.entries(course.exerciseTexts.get(exercise.id) ?? {}).flatMap(([language, text]) =>
      [...wordsFor(exercise, text), ...documentHolds(exercise, text)].map((found) => ({
        file: proseOf(exercise.id, language),
        ...found,
      })),
    ),
  );
}

type Found = Omit<ContentMistake, 'file'>;

function wordsFor({ kind, parts }: Exercise, text: ExerciseText): Found[] {
  const isMark = kind === 'mask' || kind === 'log';
  const ids = parts.map(({ id }) => id);
  const extra = Object.keys(text.parts).filter((id) => !ids.includes(id));
  return [
    ...extra.map((id) => ({ field: `parts.${id}`, problem: 'finns inte i exercise.yaml', remedy: 'ta bort den' })),
    ...parts.flatMap(({ id, choices }) => {
      const words = text.parts[id];
      if (!words) return [{ field: `parts.${id}`, problem: 'saknas', remedy: 'skriv text och feedback' }];
      if (isMark) return [];
      return choices
        .filter((choice) => !words.choices?.[choice] && !text.choices?.[choice])
        .map((choice) => ({
          field: `parts.${id}`,
          problem: `valet ${choice} har inga ord`,
          remedy: 'skriv det under choices',
        }));
    }),
  ];
}

/** The document of a masking has each part once. */
function documentHolds({ kind, parts }: Exercise, text: ExerciseText): Found[] {
  if (kind !== 'mask') return [];
  const held = [...(text.document ?? []).join('\n').matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
  const missing = parts.filter(({ id }) => held.filter((one) => one === id).length !== 1);
  const unknown = held.filter((one) => !parts.some(({ id }) => id === one));
  return [
    ...missing.map(({ id }) => ({ field: 'document', problem: `{${id}} ska stå där en gång`, remedy: 'sätt in den' })),
    ...unknown.map((id) => ({
      field: 'document',
      problem: `{${id}} finns inte i exercise.yaml`,
      remedy: 'rätta id:t',
    })),
  ];
}

/** Each exercise stands in its lesson, and a lesson names only exercises that there are. */
export function exercisesStandInTheirLessons({ course, lessons }: Content): ContentMistake[] {
  const named = lessons.flatMap(({ slug, file, language, tags }) =>
    tags
      .filter(({ name }) => name === 'Exercise')
      .map(({ attributes, line }) => ({ slug, file, language, line, id: attributes.get('id') ?? '' })),
  );
  const strange = named
    .filter(({ id, slug }) => course.exercises.get(id)?.lesson !== slug)
    .map(({ id, file, line }) => ({
      file,
      field: `rad ${line} <Exercise id>`,
      problem: `övningen ${id} finns inte, eller hör till en annan lektion`,
      remedy: 'rätta id:t, eller lesson i exercise.yaml',
    }));
  const homeless = [...course.exercises.values()]
    .filter(({ id }) => !named.some((one) => one.id === id && one.language === 'sv'))
    .map(({ id, lesson }) => ({
      file: keyOf(id),
      field: 'lesson',
      problem: `övningen står inte i lektionen ${lesson}`,
      remedy: `skriv <Exercise id="${id}" /> i den`,
    }));
  return [...strange, ...homeless];
}
