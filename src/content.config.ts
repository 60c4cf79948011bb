import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { lessonFrontMatter } from '#content/lesson-schema.ts';

const lessons = defineCollection({
  loader: glob({
    base: './content/courses/sekretess/lessons',
    pattern: '*/{sv,sv-simple,en}.mdx',
    generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
  }),
  schema: lessonFrontMatter,
});

const pages = defineCollection({
  loader: glob({
    base: './content/pages',
    pattern: '*/{sv,sv-simple,en}.mdx',
    generateId: ({ entry }) => entry.replace(/\.mdx$/, ''),
  }),
  schema: lessonFrontMatter.pick({ title: true, summary: true }),
});

export const collections = { lessons, pages };
