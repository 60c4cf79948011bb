import type { Sessions } from '#ports/sessions.ts';
import type { PersonStore } from '#ports/store.ts';
import type { SignInWay, Watch } from '#ports/watch.ts';

/** Sessions that the watch hears of: whatever opens one is a sign-in, so that no way in can be forgotten. */
export function watchedSessions(sessions: Sessions, watch: Watch, people: Pick<PersonStore, 'get'>): Sessions {
  return {
    ...sessions,
    open: async (opened, opening) => {
      const cookie = await sessions.open(opened, opening);
      const person = await people.get(opened.id);
      const way: SignInWay = opening.by === 'earlier' ? 'password' : opening.by;
      if (person) watch.signedIn(person, way);
      return cookie;
    },
    close: async (token) => {
      const session = token ? await sessions.read(token) : undefined;
      if (session) watch.signedOut(session.person);
      return sessions.close(token);
    },
  };
}
