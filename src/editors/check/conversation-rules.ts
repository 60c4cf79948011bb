import { scenarioFile } from '#content/files.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import type { ConversationScenario } from '#domain/course/scenario.ts';
import type { Content } from './read-content.ts';

type Finding = Pick<ContentMistake, 'field' | 'problem' | 'remedy'>;

/** The start and every node that a reply leads to exist, and every node can be reached. */
export function conversationsHangTogether(content: Content): ContentMistake[] {
  return inConversations(content, (scenario) => {
    const nodes = Object.keys(scenario.nodes);
    if (!nodes.includes(scenario.start)) {
      return [
        { field: 'start', problem: `noden ${scenario.start} finns inte`, remedy: `ange en av ${nodes.join(', ')}` },
      ];
    }
    const lost = repliesIn(scenario)
      .filter(({ to }) => !nodes.includes(to))
      .map(({ field, to }) => ({
        field: `${field}.to`,
        problem: `noden ${to} finns inte`,
        remedy: 'rätta namnet, eller skriv noden',
      }));
    const reached = reachable(scenario, scenario.start);
    const unreached = nodes
      .filter((node) => !reached.has(node))
      .map((node) => ({
        field: `nodes.${node}`,
        problem: 'inget svar leder hit',
        remedy: 'låt ett svar leda hit, eller ta bort noden',
      }));
    return [...lost, ...unreached];
  });
}

export function conversationsHaveChoices(content: Content): ContentMistake[] {
  return inConversations(content, (scenario) =>
    Object.entries(scenario.nodes)
      .filter(([, { replies }]) => replies.length > 0)
      .flatMap(([node, { replies }]) =>
        [true, false]
          .filter((right) => !replies.some((reply) => reply.right === right))
          .map((right) => ({
            field: `nodes.${node}.replies`,
            problem: right ? 'inget svar är rätt' : 'inget svar är fel',
            remedy: right
              ? 'skriv ett rätt svar, som leder till ett slut'
              : 'skriv ett fel svar, sådant som folk verkligen säger',
          })),
      ),
  );
}

/** From every node an end can be reached, and after every wrong reply by right replies alone: one can always turn round. */
export function conversationsHaveAWayBack(content: Content): ContentMistake[] {
  return inConversations(content, (scenario) => [
    ...Object.keys(scenario.nodes)
      .filter((node) => !reachesEnd(scenario, node))
      .map((node) => ({
        field: `nodes.${node}`,
        problem: 'härifrån når man inget slut',
        remedy: 'låt ett svar leda vidare mot en nod utan svar',
      })),
    ...repliesIn(scenario)
      .filter(({ right, to }) => !right && reachesEnd(scenario, to) && !reachesEnd(scenario, to, true))
      .map(({ field, to }) => ({
        field: `${field}.to`,
        problem: `efter det felet leder inga rätta svar från ${to} till ett slut`,
        remedy: 'skriv ett rätt svar som vänder samtalet',
      })),
  ]);
}

/** Whoever gives right replies only comes to an end, whichever of them they choose. */
export function rightRepliesEnd(content: Content): ContentMistake[] {
  return inConversations(content, (scenario) => {
    const loop = loopOfRightReplies(scenario, scenario.start, []);
    if (!loop) return [];
    return [
      {
        field: `nodes.${loop}`,
        problem: 'rätta svar leder runt tillbaka hit',
        remedy: 'låt vägen av rätta svar gå mot ett slut',
      },
    ];
  });
}

/**
 * An answer in an exam may be changed until it is handed in, so a conversation there can be walked through again and again.
 * It must not tell: whichever reply is given, the other goes on in the same way and ends with the same words.
 */
export function examConversationsDoNotTell(content: Content): ContentMistake[] {
  return inConversations(content, (scenario) =>
    Object.entries(scenario.nodes)
      .filter(([, { replies }]) => scenario.use === 'exam' && new Set(replies.map(({ to }) => to)).size > 1)
      .map(([node]) => ({
        field: `nodes.${node}.replies`,
        problem: 'i provet leder svaren hit och dit, och vägen visar vilket som var fel',
        remedy: 'låt alla svar leda till samma nod, med en replik som passar efter dem alla',
      })),
  );
}

function inConversations({ course }: Content, find: (scenario: ConversationScenario) => Finding[]): ContentMistake[] {
  return [...course.scenarios.values()].flatMap((scenario) =>
    scenario.kind === 'conversation'
      ? find(scenario).map((finding) => ({ file: scenarioFile(scenario.id), ...finding }))
      : [],
  );
}

function repliesIn(scenario: ConversationScenario): { field: string; right: boolean; to: string }[] {
  return Object.entries(scenario.nodes).flatMap(([node, { replies }]) =>
    replies.map(({ id, right, to }) => ({ field: `nodes.${node}.replies.${id}`, right, to })),
  );
}

function reachable(scenario: ConversationScenario, from: string, onlyRight = false): Set<string> {
  const seen = new Set<string>();
  const waiting = [from];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    for (const reply of scenario.nodes[node]?.replies ?? []) {
      if (reply.right || !onlyRight) waiting.push(reply.to);
    }
  }
  return seen;
}

function reachesEnd(scenario: ConversationScenario, from: string, onlyRight = false): boolean {
  return [...reachable(scenario, from, onlyRight)].some((node) => scenario.nodes[node]?.replies.length === 0);
}

/** The first node that a way of right replies comes back to. */
function loopOfRightReplies(scenario: ConversationScenario, node: string, way: readonly string[]): string | undefined {
  if (way.includes(node)) return node;
  for (const reply of scenario.nodes[node]?.replies ?? []) {
    const loop = reply.right ? loopOfRightReplies(scenario, reply.to, [...way, node]) : undefined;
    if (loop) return loop;
  }
  return undefined;
}
