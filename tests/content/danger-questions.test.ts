import { describe, expect, test } from 'vitest';
import { loadAnswers } from '#content/answers.ts';
import { loadCourse } from '#content/load-course.ts';
import { lookUp } from '#usecases/course/look-up.ts';

const course = loadCourse();
const firstText = (question: string, language: 'sv' | 'sv-simple' | 'en' = 'sv') => {
  const [hit] = lookUp(course, question, language).hits;
  return { kind: hit?.kind, text: hit?.snippet.map(({ text }) => text).join('') };
};

describe('learners S5: what is shown first is the advice', () => {
  test.for([
    ['chefen säger att jag inte ska anmäla', /Anmäl ändå/],
    ['brukaren vill ta livet av sig', /Stanna hos personen.*112/],
    ['brukaren sa att sonen slår honom', /112.*i enrum/],
    ['hon har dött får jag berätta nu', /tar inte slut när en person dör/],
    ['kolla min egen journal', /Sök inte på dig själv/],
    ['jag va vikarie förra sommarn får jag berätta nu', /gäller också när du har slutat/],
    ['min kompis e inlagd', /även om det är din kompis/],
    ['släktingar vill läsa journalen', /Lova ingenting/],
    ['whatsappgruppen', /WhatsApp.*gruppchatten/],
    ['lova att inte säga nåt', /Lova inte att tiga/],
    ['knark hemma hos', /chefen samma dag/],
    ['facket frågar', /för facket/],
    ['pappren hem', /Ta inte hem papper/],
    ['tappa nycklarna te en brukare', /Ring chefen direkt/],
    ['sms till kollega', /vanlig mejl, sms/],
    ['pratade bredvid mun i fikarummet', /kollegor som hjälper samma person/],
    ['får sjuksköterskan på vårdcentralen veta', /Fråga personen om lov/],
    ['dottern ringer å frågar om mamma ätit', /Fråga personen själv först/],
  ] as const)('“%s”', ([question, advice]) => {
    expect(firstText(question).text).toMatch(advice);
  });
});

describe('danger comes before everything', () => {
  test.for([
    ['hon säger att hon vill dö', /112/],
    ['han pratar om sjelvmord', /112/],
    ['en boende är försvunnen sen i morse', /ring sedan polisen/i],
    ['vi hittar inte honom nånstans', /ring sedan polisen/i],
    ['brukaren vaknar inte', /Ring 112 nu/],
    ['mannen slår henne när vi har gått', /112.*i enrum/],
    ['flickan har blåmärken på armarna', /orosanmälan genast/],
    ['hon ska bli bortgift i sommar', /Säg inget till föräldrarna/],
    ['min kollega slår en gammal man', /lex Sarah/],
    ['jag är rädd för min man', /112.*socialtjänsten/],
  ] as const)('“%s”', ([question, advice]) => {
    const { kind, text } = firstText(question);
    expect(kind).toBe('advice');
    expect(text).toMatch(advice);
  });

  test.for([
    ['a resident has gone missing', /ring the police/],
    ['she wants to kill herself', /call 112/],
    ['he hits his child', /report of concern/],
  ] as const)('in English: “%s”', ([question, advice]) => {
    expect(firstText(question, 'en')).toEqual({ kind: 'advice', text: expect.stringMatching(advice) });
  });

  test('in plain Swedish its own text is shown', () => {
    const plain = firstText('brukaren vill ta livet av sig', 'sv-simple').text;
    expect(plain).toMatch(/^Stanna hos personen\. Fråga hur det är\./);
  });

  test.for([
    'slå upp ett ord i ordlistan',
    'slå larm om att vi är för få',
    'hur stavas journal',
    'vem har varit inne i journalen',
    'får jag berätta att brukaren är borta över helgen',
    'brukaren säger att hon saknar sin man',
    'kan jag vänta med att anmäla mig till kursen',
  ])('what only sounds like it is no alarm: “%s”', (question) => {
    expect(lookUp(course, question, 'sv').hits.filter(({ kind }) => kind === 'advice')).toEqual([]);
  });
});

describe('an advice is understood whichever way it was asked for', () => {
  // “Does it still apply?” and “may I tell now?” lead to the same advice.
  test.for(['sv', 'sv-simple', 'en'] as const)('in %s none begins with yes or no', (language) => {
    const texts = Object.values(loadAnswers()).map((answer) => answer[language]);
    expect(texts.length).toBeGreaterThan(90);
    expect(texts.filter((text) => /^(Ja|Nej|Yes|No)[,.]/.test(text))).toEqual([]);
  });
});
