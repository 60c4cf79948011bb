import type { Typeface } from '#adapters/pdf/certificate-fonts.ts';

/** The sans has every letter of the serif, and more. */
export interface Faces {
  readonly sans: Typeface;
  readonly serif: Typeface;
}

export interface FacedText {
  readonly text: string;
  readonly face: keyof Faces;
}

/**
 * Chooses the face that has every letter of the text: the preferred one or else the sans. Signs that are not letters (emoji,
 * flags, control characters) are left out; a letter never is: where no face has them all, the answer is undefined.
 */
export function chooseFace(given: string, faces: Faces, preferred: keyof Faces): FacedText | undefined {
  return faceFor(oneLine(given), faces, preferred) ?? faceFor(lettersOnly(given), faces, preferred);
}

function faceFor(text: string, faces: Faces, preferred: keyof Faces): FacedText | undefined {
  if (text === '') return undefined;
  if (hasAll(faces[preferred], text)) return { text, face: preferred };
  if (hasAll(faces.sans, text)) return { text, face: 'sans' };
  const inParts = Array.from(text, (letter) => (hasAll(faces.sans, letter) ? letter : letter.normalize('NFD'))).join(
    '',
  );
  return hasAll(faces.sans, inParts) ? { text: inParts, face: 'sans' } : undefined;
}

function hasAll(typeface: Typeface, text: string): boolean {
  for (const letter of text) {
    if (!typeface.has(letter.codePointAt(0) ?? 0)) return false;
  }
  return true;
}

/** Without what is no letter (emoji, flags, variation selectors) and what cannot be seen (joiners, marks of direction). */
function lettersOnly(text: string): string {
  const seen = oneLine(text).replaceAll(/\p{C}/gu, '');
  return oneLine(seen.replaceAll(/\p{S}|\p{Variation_Selector}|\u20e3/gu, ' '));
}

/** Composed letters (ö, not o and two dots) and single spaces. */
function oneLine(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}
