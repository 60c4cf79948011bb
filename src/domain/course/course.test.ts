import { expect, test } from 'vitest';
import { chooseOne, smallCourse } from '../../../tests/support/small-course.ts';
import { examItems, furtherReading } from './course.ts';

const ids = (scenarios: readonly { id: string }[]) => scenarios.map(({ id }) => id);

test('an exam draws only exam items, for its own track, on lessons that it requires', () => {
  const course = smallCourse([
    chooseOne('drawn', { lesson: 'two' }),
    chooseOne('practised', { use: 'practice' }),
    chooseOne('for-students', { audiences: ['student'] }),
    chooseOne('further-reading', { lesson: 'three' }),
  ]);
  expect(ids(examItems(course, course.tracks['new-employee']))).toEqual(['drawn']);
  expect(ids(examItems(course, course.tracks['student']))).toEqual(['drawn', 'for-students']);
});

test('further reading is what the track does not require, in the course’s order', () => {
  const course = smallCourse([], { lessons: ['four', 'one', 'three', 'two'] });
  expect(furtherReading(course, course.tracks['student'])).toEqual(['four', 'three']);
});
