import { expect, test } from 'vitest';
import { lessonSections } from './lesson-sections.ts';

test('a lesson is cut at its headings, as a reader sees it, without practice', () => {
  const mdx = `
Först **en** inledning.

## Mejl, sms & samtal

<Rule claims="L28">
Använd <Local name="secureChannel" />. Se <Term id="men">men</Term>.
</Rule>

<Practice scenario="sms" />

- en sak
- en till

## Får jag? (Ja)

## Får jag? (Ja)

Text.
`;
  expect(lessonSections(mdx, 'sv')).toEqual([
    { heading: '', anchor: undefined, text: 'Först en inledning.' },
    {
      heading: 'Mejl, sms & samtal',
      anchor: 'mejl-sms--samtal',
      text: 'Använd kommunens säkra meddelandetjänst. Se men.\nen sak en till',
    },
    { heading: 'Får jag? (Ja)', anchor: 'får-jag-ja', text: '' },
    { heading: 'Får jag? (Ja)', anchor: 'får-jag-ja-1', text: 'Text.' },
  ]);
});

test('nothing gives nothing', () => {
  expect(lessonSections('', 'sv')).toEqual([]);
});
