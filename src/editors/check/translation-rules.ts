import { glossaryFile, lessonFile, textFile } from '#content/files.ts';
import type { LessonText } from '#content/read-lessons.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import { languages } from '#domain/kernel/language.ts';
import type { Content } from './read-content.ts';

const others = languages.filter((language) => language !== 'sv');

/** Issue: three levels of language, all complete. */
export function everythingIsTranslated({ course, lessons, glossary }: Content): ContentMistake[] {
  const missing = (file: string, field: string, language: string) => ({
    file,
    field,
    problem: `texten på ${language} saknas`,
    remedy: 'skriv den; sv är källan',
  });
  const written = new Set(lessons.map(({ file }) => file));
  return others.flatMap((language) => [
    ...course.lessons
      .map((slug) => lessonFile(slug, language))
      .filter((file) => !written.has(file))
      .map((file) => missing(file, '-', language)),
    ...[...course.texts]
      .filter(([, texts]) => !texts[language])
      .map(([id]) => missing(textFile(id, language), '-', language)),
    ...[...course.exerciseTexts]
      .filter(([, texts]) => !texts[language])
      .map(([id]) => missing(`courses/sekretess/exercises/${id}/${language}.yaml`, '-', language)),
    ...glossary.filter((term) => !term[language]).map(({ id }) => missing(glossaryFile, `${id}.${language}`, language)),
  ]);
}

/** A lesson rests on the same claims and holds the same practice, in the same order, in every language. */
export function translationsTeachTheSame({ lessons }: Content): ContentMistake[] {
  return lessons
    .filter(({ language }) => language !== 'sv')
    .flatMap((lesson) => {
      const source = lessons.find(({ slug, language }) => slug === lesson.slug && language === 'sv');
      if (!source) return [];
      const [ours, theirs] = [marksOf(source), marksOf(lesson)];
      const place = ours.findIndex((mark, index) => mark !== theirs[index]);
      const differs = place === -1 ? (theirs.length > ours.length ? ours.length : -1) : place;
      if (differs === -1) return [];
      return [
        {
          file: lesson.file,
          field: 'ordningen',
          problem: `${theirs[differs] ?? 'inget'} står där sv har ${ours[differs] ?? 'inget'}`,
          remedy: 'samma påståenden, övningar och ordning som i den svenska texten',
        },
      ];
    });
}

function marksOf({ tags }: LessonText): string[] {
  return tags
    .filter(({ name, kind }) => ['Rule', 'Practice', 'Exercise'].includes(name) && kind !== 'closes')
    .map(({ name, attributes }) => {
      const value = attributes.get('claims') ?? attributes.get('scenario') ?? attributes.get('id') ?? '';
      return `<${name} ${value.trim().split(/\s+/).sort().join(' ')}>`;
    });
}
