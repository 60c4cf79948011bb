import type { Course, Track } from '#domain/course/course.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { type AssignmentPolicy, asOf } from './assignment.ts';
import { type InsideStep, type StepContext, type StepFacts, stepWithin, type Tasks, tasksOf } from './next-step.ts';

/** How far somebody has come in what is to be done now, as they see it themselves. */
export interface Progress extends Tasks {
  readonly lessons: readonly { readonly slug: string; readonly done: boolean }[];
  readonly done: number;
  /** Required lessons and the exam. */
  readonly total: number;
  readonly next: InsideStep;
}

export function progressOf(person: Person, course: Course, policy: AssignmentPolicy, now: Date): Progress {
  const [facts, look] = seenBy(person, course, policy, now);
  const tasks = tasksOf(facts, look);
  const lessons = tasks.track.required.map((slug) => ({ slug, done: slug in person.lessonsDone }));
  const read = lessons.filter((lesson) => lesson.done).length;
  return {
    ...tasks,
    lessons,
    done: tasks.certificate ? lessons.length + 1 : read,
    total: lessons.length + 1,
    next: stepWithin(facts, look, tasks),
  };
}

/** The track that a person is on today: of what there is to do, what is to be done now; else of what they work as. */
export function trackOf(person: Person, course: Course, policy: AssignmentPolicy, now: Date): Track {
  return tasksOf(...seenBy(person, course, policy, now)).track;
}

function seenBy(person: Person, course: Course, policy: AssignmentPolicy, now: Date): [StepFacts, StepContext] {
  const facts = { record: staffRecordOf(person), attempts: person.attempts };
  return [facts, { course, policy, asOf: asOf(dateOf(now), now) }];
}
