import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { isJson, requiredFactor, routeRules } from '#auth/route-rules.ts';
import { isDocumentId } from '#ports/store.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { submitAnswer } from '#usecases/exam/submit-answer.ts';

const rule = routeRules[paths.attemptAnswer('[attempt]')];
const [before = '', after = ''] = paths.attemptAnswer('*').split('*');

/**
 * Saves an answer without Astro, whose part is two fifths of what such a request costs, and most requests of an exam are these.
 * Only for who is signed in and may: whatever is to be refused goes on to the route, whose middleware holds the same rule.
 *
 * @returns whether it has answered; if not, nothing of the request has been read
 */
export async function saveAnswer(
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<boolean> {
  const attempt = attemptIn(pathname);
  if (attempt === undefined || request.method !== 'POST' || !isJson(request.headers['content-type'])) return false;
  const token = cookieOf(request, services.sessions.cookieName);
  const session = token ? await services.sessions.read(token) : undefined;
  if (!session || rule?.audience !== 'signed-in' || requiredFactor(rule, session, services.clock())) return false;
  const { status, body } = await submitAnswer(services, session.person, attempt, await text(request));
  const json = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': json.length,
    ...(session.renewed && { 'set-cookie': session.renewed }),
  });
  response.end(json);
  return true;
}

function attemptIn(pathname: string): string | undefined {
  if (!pathname.startsWith(before) || !pathname.endsWith(after)) return undefined;
  const id = pathname.slice(before.length, -after.length);
  return isDocumentId(id) ? id : undefined;
}

/** Tokens need no decoding: they are letters, digits, `-` and `_`. */
export function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
