import { z } from 'zod';
import type { Factor } from '#domain/account/second-factor.ts';
import { fieldValue } from '#forms/fields.ts';

/** What the page where one confirms sends. What is none of its forms is a wrong code. */
export function readShown(
  form: FormData,
):
  | { readonly way: 'app' | 'recovery'; readonly typed: string }
  | { readonly way: 'password' | 'words'; readonly typed: string }
  | { readonly way: 'passkey'; readonly answer: unknown } {
  const way = fieldValue(form, 'way');
  if (way === 'password' || way === 'words') return { way, typed: fieldValue(form, way) };
  if (way === 'passkey') return { way, answer: readAnswer(form) };
  return way === 'recovery'
    ? { way, typed: fieldValue(form, 'recovery') }
    : { way: 'app', typed: fieldValue(form, 'code') };
}

/** What a browser said of a passkey: JSON in a field that the script fills. Anything else is no answer. */
function readAnswer(form: FormData): unknown {
  try {
    return JSON.parse(fieldValue(form, 'answer'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const label = z
  .string()
  .transform((text) => text.replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(60)
      .regex(/^[^\p{Cc}]*$/u),
  );

/** What a device is called by its owner. */
function readLabel(form: FormData): string | undefined {
  const read = label.safeParse(fieldValue(form, 'label'));
  return read.success ? read.data : undefined;
}

export type FactorChange =
  | ({ readonly action: 'app'; readonly sealed: string; readonly code: string } & EndingOthers)
  | ({ readonly action: 'passkey'; readonly answer: unknown; readonly label: string | undefined } & EndingOthers)
  | { readonly action: 'remove'; readonly factor: Factor }
  | ({ readonly action: 'recovery' } & EndingOthers);

/** Whether to sign out on one's other devices too (ASVS 7.4.3). Who takes a factor away is not asked: they end. */
interface EndingOthers {
  readonly endOthers: boolean;
}

/** What the page of one's factors sends. What is none of its forms changes nothing. */
export function readFactorChange(form: FormData): FactorChange | undefined {
  const action = fieldValue(form, 'action');
  const endOthers = fieldValue(form, 'andra') === 'ja';
  if (action === 'app')
    return { action, sealed: fieldValue(form, 'sealed'), code: fieldValue(form, 'code'), endOthers };
  if (action === 'passkey') return { action, answer: readAnswer(form), label: readLabel(form), endOthers };
  if (action === 'recovery') return { action, endOthers };
  if (action !== 'remove') return undefined;
  const id = fieldValue(form, 'passkey');
  return { action, factor: id ? { kind: 'passkey', id } : { kind: 'totp' } };
}
