import { answeringMinutes, exerciseMinutes, exercisesIn, lessonMinutes, practiceIn } from '#content/reading-time.ts';
import { type Course, examItems, type Track } from '#domain/course/course.ts';
import type { Content } from './read-content.ts';

export interface LessonMinutes {
  readonly slug: string;
  readonly reading: number;
  readonly practice: number;
  /** The exercises in it. */
  readonly exercise: number;
}

/** Minutes of each Swedish lesson, in the course's order. Unknown practice items count nothing: another rule names them. */
export function minutesOfLessons({ course, lessons }: Content): LessonMinutes[] {
  return course.lessons.flatMap((slug) => {
    const lesson = lessons.find((candidate) => candidate.slug === slug && candidate.language === 'sv');
    if (!lesson) return [];
    const practice = practiceIn(lesson.body).reduce((sum, id) => sum + minutesOfItem(course, id), 0);
    const exercise = exercisesIn(lesson.body).reduce((sum, id) => sum + minutesOfExercise(course, id), 0);
    return [{ slug, reading: lessonMinutes(lesson.body), practice, exercise }];
  });
}

export interface TrackMinutes {
  readonly track: Track;
  /** Required lessons with their practice items and exercises. */
  readonly lessons: number;
  /** Expected: of each part of the blueprint, what its candidates take on average, times how many are drawn. */
  readonly exam: number;
}

export function minutesOfTracks(content: Content): TrackMinutes[] {
  const ofLessons = minutesOfLessons(content);
  return Object.values(content.course.tracks).map((track) => ({
    track,
    lessons: ofLessons
      .filter(({ slug }) => track.required.includes(slug))
      .reduce((sum, { reading, practice, exercise }) => sum + reading + practice + exercise, 0),
    exam: examMinutes(content.course, track),
  }));
}

function examMinutes(course: Course, track: Track): number {
  return track.blueprint.reduce((sum, { themes, count }) => {
    const candidates = examItems(course, track).filter(({ theme }) => themes.includes(theme));
    const all = candidates.reduce((minutes, { id }) => minutes + minutesOfItem(course, id), 0);
    return sum + (all / Math.max(candidates.length, 1)) * count;
  }, 0);
}

function minutesOfExercise(course: Course, id: string): number {
  const exercise = course.exercises.get(id);
  const text = course.exerciseTexts.get(id)?.sv;
  return exercise && text ? exerciseMinutes(exercise, text) : 0;
}

function minutesOfItem(course: Course, id: string): number {
  const scenario = course.scenarios.get(id);
  const text = course.texts.get(id)?.sv;
  return scenario && text ? answeringMinutes(scenario, text) : 0;
}
