import type { Typeface } from '#adapters/pdf/certificate-fonts.ts';

export interface FacedText<Face extends string> {
  readonly text: string;
  readonly face: Face;
}

/**
 * Chooses the face that has every letter of the text, the preferred one first. Signs that are not letters (emoji, flags,
 * control characters) are left out; a letter never is: where no face has them all, the answer is undefined.
 */
export function chooseFace<Face extends string>(
  given: string,
  faces: Readonly<Record<Face, Typeface>>,
  preferred: Face,
): FacedText<Face> | undefined {
  return faceFor(oneLine(given), faces, preferred) ?? faceFor(lettersOnly(given), faces, preferred);
}

function faceFor<Face extends string>(
  text: string,
  faces: Readonly<Record<Face, Typeface>>,
  preferred: Face,
): FacedText<Face> | undefined {
  if (text === '') return undefined;
  if (hasAll(faces[preferred], text)) return { text, face: preferred };
  const face = (Object.keys(faces) as Face[]).find((other) => hasAll(faces[other], text));
  return face === undefined ? undefined : { text, face };
}

function hasAll(typeface: Typeface, text: string): boolean {
  for (const letter of text) {
    if (!typeface.has(letter.codePointAt(0) ?? 0)) return false;
  }
  return true;
}

/** Without what is no letter (emoji, flags, variation selectors) and what cannot be seen (joiners, marks of direction). */
function lettersOnly(text: string): string {
  return oneLine(
    oneLine(text)
      .replaceAll(/\p{C}/gu, '')
      .replaceAll(/\p{S}|\p{Variation_Selector}|\u20e3/gu, ' '),
  );
}

/** Composed letters (ö, not o and two dots) and single spaces. */
function oneLine(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}
