import { courseFile, glossaryFile, lessonFile, scenarioFile } from '#content/files.ts';
import type { MdxTag } from '#content/mdx-tags.ts';
import type { LessonText } from '#content/read-lessons.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import type { Content } from './read-content.ts';

/** Lessons in course.yaml, in tracks and in scenarios are those in the folders, each once. */
export function lessonsAgree(content: Content): ContentMistake[] {
  const { course, lessons } = content;
  const written = new Set(lessons.filter(({ language }) => language === 'sv').map(({ slug }) => slug));
  const at = (field: string, problem: string, remedy: string) => ({ file: courseFile, field, problem, remedy });
  const unwritten = course.lessons
    .filter((slug) => !written.has(slug))
    .map((slug) => at('lessons', `${slug} har ingen text`, `skriv ${lessonFile(slug, 'sv')}, eller rätta namnet`));
  const twice = course.lessons
    .filter((slug, place) => course.lessons.indexOf(slug) < place)
    .map((slug) => at('lessons', `${slug} står två gånger`, 'ta bort den ena'));
  const unlisted = [...new Set(lessons.map(({ slug }) => slug))]
    .filter((slug) => !course.lessons.includes(slug))
    .map((slug) =>
      at(
        'lessons',
        `mappen ${slug} finns, men lektionen är inte med`,
        'ge den en plats i ordningen, eller ta bort mappen',
      ),
    );
  const unknown = Object.values(course.tracks).flatMap(({ category, required }) =>
    required
      .filter((slug) => !course.lessons.includes(slug))
      .map((slug) => at(`tracks.${category}.required`, `lektionen ${slug} finns inte`, 'rätta namnet')),
  );
  return [...unwritten, ...twice, ...unlisted, ...unknown];
}

export function scenariosBelongToALesson({ course }: Content): ContentMistake[] {
  return [...course.scenarios.values()]
    .filter(({ lesson }) => !course.lessons.includes(lesson))
    .map(({ id, lesson }) => ({
      file: scenarioFile(id),
      field: 'lesson',
      problem: `lektionen ${lesson} finns inte`,
      remedy: 'ange den lektion som man ska läsa om',
    }));
}

export function courseNamesItsGuidelines({ course }: Content): ContentMistake[] {
  return Object.entries(course.guidelines)
    .filter(([, edition]) => edition === '')
    .map(([id]) => ({
      file: courseFile,
      field: 'guidelines',
      problem: `${id} finns inte`,
      remedy: 'ange S1–S5 eller L',
    }));
}

/** An item in a lesson exists and is for practice: no lesson gives an exam item away. */
export function lessonsShowPractice(content: Content): ContentMistake[] {
  return inTags(content, 'Practice', 'scenario', (id) => {
    const scenario = content.course.scenarios.get(id);
    if (!scenario) return { problem: `scenariot ${id} finns inte`, remedy: 'rätta namnet, eller skriv scenariot' };
    if (scenario.use === 'practice') return undefined;
    return { problem: `${id} är en provfråga och får inte stå i en lektion`, remedy: 'välj en övning (use: practice)' };
  });
}

export function termsAreInTheGlossary(content: Content): ContentMistake[] {
  const ids = content.glossary.map(({ id }) => id);
  const inLessons = inTags(content, 'Term', 'id', (id) =>
    ids.includes(id)
      ? undefined
      : { problem: `ordet ${id} finns inte i ordlistan`, remedy: `rätta id:t, eller skriv ordet i ${glossaryFile}` },
  );
  const related = content.glossary.flatMap((term) =>
    term.related
      .filter((id) => !ids.includes(id))
      .map((id) => ({
        file: glossaryFile,
        field: `${term.id}.related`,
        problem: `ordet ${id} finns inte`,
        remedy: 'rätta id:t',
      })),
  );
  const twice = ids
    .filter((id, place) => ids.indexOf(id) < place)
    .map((id) => ({ file: glossaryFile, field: id, problem: 'ordet finns två gånger', remedy: 'ta bort det ena' }));
  return [...inLessons, ...related, ...twice];
}

export function localNamesExist(content: Content): ContentMistake[] {
  const names = Object.keys(content.municipality.local);
  return inTags(content, 'Local', 'name', (name) =>
    names.includes(name)
      ? undefined
      : { problem: `${name} finns inte i municipality.yaml`, remedy: `ange något av ${names.join(', ')}` },
  );
}

/** The components of a lesson, and the attributes that each takes. */
const components: Readonly<
  Record<string, { readonly needed?: string; readonly allowed: readonly string[]; readonly alone?: true }>
> = {
  Rule: { allowed: ['claims'] },
  Example: { allowed: ['place'] },
  Say: { allowed: [] },
  Remember: { allowed: [] },
  Term: { needed: 'id', allowed: ['id'] },
  Local: { needed: 'name', allowed: ['name'], alone: true },
  Exercise: { needed: 'id', allowed: ['id'], alone: true },
  Practice: { needed: 'scenario', allowed: ['scenario'], alone: true },
};

/** A lesson is Markdown and the course's components: no code, no HTML (docs/design.md#the-course). */
export function lessonsAreProse({ lessons }: Content): ContentMistake[] {
  return lessons.flatMap((lesson) => [
    ...codeIn(lesson),
    ...lesson.tags.flatMap((tag) => strangeTag(lesson, tag)),
    ...unclosedTags(lesson),
  ]);
}

function codeIn({ file, body, firstLine }: LessonText): ContentMistake[] {
  return body.split('\n').flatMap((line, place) => {
    const at = { file, field: `rad ${firstLine + place}` };
    const mistakes: ContentMistake[] = [];
    if (/^\s*(import|export)\s/.test(line))
      mistakes.push({ ...at, problem: 'import och export hör inte hemma i en lektion', remedy: 'ta bort raden' });
    if (/[{}]/.test(line))
      mistakes.push({ ...at, problem: 'klamrar { } läses som kod', remedy: 'skriv om utan klamrar' });
    if (line.includes('<!')) mistakes.push({ ...at, problem: 'HTML-kommentar', remedy: 'ta bort den' });
    return mistakes;
  });
}

function strangeTag({ file }: LessonText, { name, attributes, kind, line }: MdxTag): ContentMistake[] {
  const at = { file, field: `rad ${line} <${name}>` };
  const known = components[name];
  if (!known)
    return [
      {
        ...at,
        problem: 'ingen av kursens komponenter',
        remedy: `använd Markdown eller ${Object.keys(components).join(', ')}`,
      },
    ];
  if (kind === 'closes') return [];
  const mistakes = [...attributes.keys()]
    .filter((key) => !known.allowed.includes(key))
    .map((key) => ({
      ...at,
      problem: `${key} är inget som <${name}> tar emot`,
      remedy: known.allowed.length > 0 ? `ange ${known.allowed.join(', ')}` : 'ta bort det',
    }));
  if (known.needed && !attributes.get(known.needed)) {
    mistakes.push({ ...at, problem: `${known.needed} saknas`, remedy: `skriv <${name} ${known.needed}="…">` });
  }
  if (known.alone && kind === 'opens')
    mistakes.push({ ...at, problem: 'taggen är inte sluten', remedy: `avsluta den med />` });
  return mistakes;
}

/** Tags that are not closed, or are closed in the wrong order. */
function unclosedTags({ file, tags }: LessonText): ContentMistake[] {
  const open: MdxTag[] = [];
  const at = ({ line, name }: MdxTag) => ({ file, field: `rad ${line} <${name}>` });
  for (const tag of tags) {
    if (tag.kind === 'opens' && !components[tag.name]?.alone) open.push(tag);
    if (tag.kind !== 'closes') continue;
    const last = open.pop();
    if (last?.name !== tag.name) {
      return [
        {
          ...at(last ?? tag),
          problem: `</${tag.name}> på rad ${tag.line} sluter den inte`,
          remedy: 'slut taggarna i omvänd ordning',
        },
      ];
    }
  }
  return open.map((tag) => ({ ...at(tag), problem: 'taggen är inte sluten', remedy: `skriv </${tag.name}>` }));
}

function inTags(
  { lessons }: Content,
  component: string,
  attribute: string,
  judge: (value: string) => Pick<ContentMistake, 'problem' | 'remedy'> | undefined,
): ContentMistake[] {
  return lessons.flatMap(({ file, tags }) =>
    tags.flatMap(({ name, attributes, line }) => {
      const value = name === component ? attributes.get(attribute) : undefined;
      const found = value ? judge(value) : undefined;
      return found ? [{ file, field: `rad ${line} <${component} ${attribute}>`, ...found }] : [];
    }),
  );
}
