import { describeImports, type Import } from './source-files.ts';

/**
 * The rooms of a layer, named after what people do, from the ground up: each with the rooms that it may use, all of which stand before
 * it. So there is no circle and no way back up. Who needs another arrow draws it here, and says in the commit why.
 */
export const rooms = {
  domain: {
    kernel: [],
    search: [],
    course: ['kernel'],
    exam: ['kernel', 'course'],
    people: ['kernel', 'exam'],
    groups: ['kernel', 'course', 'exam', 'people'],
    access: ['kernel', 'people', 'groups'],
    account: ['kernel', 'people', 'access'],
    settings: ['kernel'],
    assignment: ['kernel', 'course', 'exam', 'people', 'settings'],
    unit: ['kernel', 'people', 'assignment'],
    reminders: ['kernel', 'people', 'access', 'account', 'settings', 'assignment'],
    import: ['kernel', 'people', 'access', 'assignment'],
    oversight: ['kernel', 'exam', 'people', 'groups'],
  },
  usecases: {
    shared: [],
    access: [],
    assignment: [],
    settings: [],
    mail: ['shared'],
    course: ['assignment'],
    exam: ['assignment'],
    reminders: ['shared', 'access', 'assignment', 'mail', 'settings'],
    unit: ['access', 'assignment', 'reminders'],
    invitations: ['shared', 'access', 'assignment', 'mail', 'settings'],
    account: ['shared', 'access', 'mail', 'invitations'],
    people: ['shared', 'access', 'account', 'invitations'],
    'people/import': ['shared', 'assignment', 'account', 'people'],
    groups: ['shared', 'access', 'account', 'people'],
    'groups/paper': ['shared', 'access', 'assignment', 'exam', 'groups'],
    oversight: ['access', 'people'],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export type RoomedLayer = keyof typeof rooms;

export const roomedLayers = Object.keys(rooms) as readonly RoomedLayer[];

/** @returns `kernel` of `src/domain/kernel/ids.ts`; the empty text for what lies in the layer itself */
export function roomOf(path: string, layer: RoomedLayer): string | undefined {
  const inside = new RegExp(`^src/${layer}/(?:(.+)/)?[^/]+$`).exec(path);
  return inside ? (inside[1] ?? '') : undefined;
}

/** Each import of one room by another, types included. */
function crossing(layer: RoomedLayer, all: readonly Import[]) {
  return all.flatMap((one) => {
    const [from, to] = [roomOf(one.from.path, layer), roomOf(one.target, layer)];
    return from === undefined || to === undefined || from === to ? [] : { from, to, one };
  });
}

/** `course --> kernel`, each once, in the order of the table. */
export function arrowsBetweenRooms(layer: RoomedLayer, all: readonly Import[]): readonly string[] {
  const order = Object.keys(rooms[layer]);
  const arrows = new Map(crossing(layer, all).map(({ from, to }) => [`${from} --> ${to}`, [from, to] as const]));
  const place = ([from, to]: readonly [string, string]) => order.indexOf(from) * 100 + order.indexOf(to);
  return [...arrows].sort(([, one], [, other]) => place(one) - place(other)).map(([arrow]) => arrow);
}

/** What goes where the table has no arrow. */
export function strayImports(layer: RoomedLayer, all: readonly Import[]): string[] {
  const allowed: Readonly<Record<string, readonly string[]>> = rooms[layer];
  return describeImports(crossing(layer, all).flatMap(({ from, to, one }) => (allowed[from]?.includes(to) ? [] : one)));
}

/** The picture for docs/design.md, drawn from the imports. */
export function drawRooms(layer: RoomedLayer, all: readonly Import[]): string {
  const arrows = arrowsBetweenRooms(layer, all);
  const linked = new Set(arrows.flatMap((arrow) => arrow.split(' --> ')));
  const alone = Object.keys(rooms[layer]).filter((room) => !linked.has(room));
  const lines = [...arrows, ...alone].map((line) => `  ${line.replaceAll('/', '_')}`);
  return ['flowchart TD', ...lines].join('\n');
}
