import { courseFile, lessonFile, textFile } from '#content/files.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import { itemReading } from '#content/reading-time.ts';
import type { Scenario } from '#domain/course/scenario.ts';
import { minutesOfLessons, minutesOfTracks } from './minutes.ts';
import type { Content } from './read-content.ts';

/** A lesson takes 3–6 minutes, its practice items included. */
const lessonLimits = { least: 3, most: 6 };
/** With an exercise, which is work of another kind and can be left for another day. */
const mostWithExercise = 10;
/** Words of situation, question and options together; of a conversation, along the right way. */
const mostWords = { exam: 70, examConversation: 150, practice: 110 };

export function itemsAreShort({ course }: Content): ContentMistake[] {
  return [...course.scenarios.values()].flatMap((scenario) => {
    const text = course.texts.get(scenario.id)?.sv;
    const limit = wordLimit(scenario);
    const { words } = text ? itemReading(scenario, text) : { words: 0 };
    if (words <= limit) return [];
    return [
      {
        file: textFile(scenario.id, 'sv'),
        field: scenario.kind === 'conversation' ? 'nodes' : 'situation, question, options',
        problem: `${words} ord; högst ${limit}`,
        remedy: 'stryk det som inte behövs för att svara',
      },
    ];
  });
}

export function lessonsTakeTheirTime(content: Content): ContentMistake[] {
  return minutesOfLessons(content).flatMap(({ slug, reading, practice, exercise }) => {
    const minutes = reading + practice;
    const all = minutes + exercise;
    if (minutes >= lessonLimits.least && minutes <= lessonLimits.most && all <= mostWithExercise) return [];
    return [
      {
        file: lessonFile(slug, 'sv'),
        field: '-',
        problem: `${minutes.toFixed(2)} minuter, ${all.toFixed(2)} med övningen; en lektion tar ${lessonLimits.least}–${lessonLimits.most}, med en övning högst ${mostWithExercise}`,
        remedy: minutes < lessonLimits.least ? 'skriv ett exempel eller en övning till' : 'stryk, eller dela lektionen',
      },
    ];
  });
}

export function tracksKeepTheirPromise(content: Content): ContentMistake[] {
  return minutesOfTracks(content)
    .filter(({ track, lessons, exam }) => lessons + exam > track.atMostMinutes)
    .map(({ track, lessons, exam }) => ({
      file: courseFile,
      field: `tracks.${track.category}.atMostMinutes`,
      problem: `${(lessons + exam).toFixed(2)} minuter (lektioner ${lessons.toFixed(2)}, prov ${exam.toFixed(2)}); högst ${track.atMostMinutes}`,
      remedy: 'korta spårets lektioner eller provfrågor',
    }));
}

function wordLimit({ use, kind }: Scenario): number {
  if (kind === 'conversation') return use === 'exam' ? mostWords.examConversation : Number.POSITIVE_INFINITY;
  return mostWords[use];
}
