import { fieldValue } from '#forms/fields.ts';

/** Which of one's own sessions: one, all but this one, or this one as well. */
export type WhichSessions = { readonly kind: 'one'; readonly id: string } | { readonly kind: 'others' | 'all' };

/** What the list of one's sessions sends. What is none of its forms ends nothing. */
export function readWhichSessions(form: FormData): WhichSessions | undefined {
  const which = fieldValue(form, 'which');
  if (which === 'others' || which === 'all') return { kind: which };
  const id = fieldValue(form, 'session');
  return which === 'one' && id ? { kind: 'one', id } : undefined;
}
