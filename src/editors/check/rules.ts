import { answersLeadToTheirLesson } from './answer-rules.ts';
import { waysOfAskingLeadToOneAnswer } from './asked-rules.ts';
import { bankIsLargeEnough, examsAskWhatTheyMust, examsCanBeDrawn, examsCoverTheirLessons } from './bank-rules.ts';
import {
  citedClaimsExist,
  claimsAreTaughtAndTested,
  everyRuleHasClaims,
  leftOutClaimsAreNotCited,
  leftOutIsNeeded,
  wrongClaimsAreCorrected,
} from './claim-rules.ts';
import {
  conversationsHangTogether,
  conversationsHaveAWayBack,
  conversationsHaveChoices,
  examConversationsDoNotTell,
  rightRepliesEnd,
} from './conversation-rules.ts';
import { exerciseProseMatchesKey, exercisesHaveAKey, exercisesStandInTheirLessons } from './exercise-rules.ts';
import { formGivesNothingAway } from './form-bias.ts';
import { choicesHaveAKey, everyKindHasItsProse, idsStandOnce, proseMatchesKey } from './key-rules.ts';
import { itemsAreShort, lessonsTakeTheirTime, tracksKeepTheirPromise } from './length-rules.ts';
import {
  courseNamesItsGuidelines,
  lessonsAgree,
  lessonsAreProse,
  lessonsShowPractice,
  localNamesExist,
  scenariosBelongToALesson,
  termsAreInTheGlossary,
} from './lesson-rules.ts';
import { decisionPathHangsTogether } from './path-rules.ts';
import { plainSwedishIsPlain } from './plain-swedish.ts';
import {
  noDomainsInProse,
  noLocalNamesInProse,
  quotesAreCurly,
  rightAnswersSayWhy,
  spacesAreSingle,
} from './prose-rules.ts';
import type { ContentRule } from './rule.ts';
import { everythingIsTranslated, translationsTeachTheSame } from './translation-rules.ts';

/** Every rule about content. To add one: a pure function, a line here, and a planted mistake in tests/content. */
export const rules: readonly ContentRule[] = [
  { name: 'rules-have-claims', why: 'En regel utan källa är bara en åsikt.', find: everyRuleHasClaims },
  { name: 'claims-exist', why: 'Den som läser ska kunna gå till källan.', find: citedClaimsExist },
  {
    name: 'wrong-claims-corrected',
    why: 'Det som är fel eller inaktuellt i en källa lärs bara ut som noteringen säger.',
    find: wrongClaimsAreCorrected,
  },
  { name: 'left-out-not-cited', why: 'Där en notering säger ”Utelämnas” gäller det.', find: leftOutClaimsAreNotCited },
  {
    name: 'taught-and-tested',
    why: 'Hela riktlinjen ska läras ut och prövas, eller utelämnas med skäl.',
    find: claimsAreTaughtAndTested,
  },
  { name: 'left-out-needed', why: 'Listan över utelämnat ska gå att lita på.', find: leftOutIsNeeded },

  { name: 'choices-have-a-key', why: 'En fråga utan ett rätt svar kan ingen klara.', find: choicesHaveAKey },
  { name: 'ids-once', why: 'Ett sparat svar är ett id.', find: idsStandOnce },
  {
    name: 'prose-matches-key',
    why: 'Nyckel och text ligger i olika filer och måste följas åt.',
    find: proseMatchesKey,
  },
  { name: 'kinds-have-prose', why: 'Varje sorts scenario har sin text.', find: everyKindHasItsProse },
  {
    name: 'conversations-hang-together',
    why: 'Ett samtal får inte ta slut i tomma intet.',
    find: conversationsHangTogether,
  },
  { name: 'conversations-have-choices', why: 'Utan rätt och fel är det inget val.', find: conversationsHaveChoices },
  {
    name: 'conversations-have-a-way-back',
    why: 'Den som har sagt fel ska kunna vända.',
    find: conversationsHaveAWayBack,
  },
  { name: 'right-replies-end', why: 'Den som svarar rätt ska komma fram.', find: rightRepliesEnd },
  {
    name: 'exam-conversations-do-not-tell',
    why: 'Ett svar i provet får ändras, och då får inte samtalet visa vad som var fel.',
    find: examConversationsDoNotTell,
  },

  { name: 'exercises-have-a-key', why: 'En övning utan rätt svar går inte att rätta.', find: exercisesHaveAKey },
  { name: 'exercises-have-prose', why: 'Nyckel och text måste följas åt.', find: exerciseProseMatchesKey },
  {
    name: 'exercises-in-lessons',
    why: 'En övning hör till det man just har läst.',
    find: exercisesStandInTheirLessons,
  },

  { name: 'decision-path', why: 'Den som frågar ska få ett råd.', find: decisionPathHangsTogether },

  {
    name: 'answers-lead-on',
    why: 'Den som har fått ett råd ska kunna läsa mer.',
    find: answersLeadToTheirLesson,
  },
  {
    name: 'asked-once',
    why: 'Sökningen lär sig av frågorna. Samma ord kan inte betyda två saker.',
    find: waysOfAskingLeadToOneAnswer,
  },

  { name: 'all-translated', why: 'Kursen finns hel på tre språk.', find: everythingIsTranslated },
  { name: 'translations-agree', why: 'Samma regler gäller på alla språk.', find: translationsTeachTheSame },
  { name: 'plain-swedish', why: 'Lätt svenska ska vara lätt.', find: plainSwedishIsPlain },

  { name: 'lessons-agree', why: 'Kursen, spåren och mapparna talar om samma lektioner.', find: lessonsAgree },
  {
    name: 'scenarios-have-a-lesson',
    why: 'Den som svarar fel får veta vad som är värt att läsa om.',
    find: scenariosBelongToALesson,
  },
  {
    name: 'guidelines-exist',
    why: 'Ett intyg säger vilka riktlinjer kursen vilar på.',
    find: courseNamesItsGuidelines,
  },
  { name: 'lessons-show-practice', why: 'En provfråga får inte ha stått i en lektion.', find: lessonsShowPractice },
  { name: 'terms-exist', why: 'En länk till ordlistan ska leda någonstans.', find: termsAreInTheGlossary },
  { name: 'local-names-exist', why: 'Lokala namn står i en fil.', find: localNamesExist },
  { name: 'lessons-are-prose', why: 'Lektioner är text: sidan sätter in komponenterna.', find: lessonsAreProse },

  { name: 'bank-large-enough', why: 'Det som är svårast ska man öva mest på.', find: bankIsLargeEnough },
  { name: 'exams-can-be-drawn', why: 'Nästa försök ska få andra frågor.', find: examsCanBeDrawn },
  {
    name: 'exams-cover-their-lessons',
    why: 'Det man måste läsa ska man kunna bli frågad om.',
    find: examsCoverTheirLessons,
  },
  {
    name: 'exams-ask-what-they-must',
    why: 'Varje prov frågar om sociala medier, journalister och anhöriga.',
    find: examsAskWhatTheyMust,
  },
  {
    name: 'form-gives-nothing-away',
    why: 'Svaret ska inte gå att gissa på längd eller plats.',
    find: formGivesNothingAway,
  },

  { name: 'items-are-short', why: 'Provet prövar sekretess, inte läshastighet.', find: itemsAreShort },
  { name: 'lessons-take-their-time', why: 'En lektion ryms i en paus.', find: lessonsTakeTheirTime },
  { name: 'tracks-keep-their-promise', why: 'Spåret lovar en tid.', find: tracksKeepTheirPromise },

  { name: 'quotes-are-curly', why: 'Svenska citattecken är ” ”.', find: quotesAreCurly },
  { name: 'spaces-are-single', why: 'Två blanksteg syns i en del läsare.', find: spacesAreSingle },
  { name: 'no-local-names', why: 'En annan kommun byter namn i en enda fil.', find: noLocalNamesInProse },
  { name: 'no-domains', why: 'En påhittad adress kan tillhöra någon.', find: noDomainsInProse },
  { name: 'right-answers-say-why', why: 'Beröm ensamt lär ingen något.', find: rightAnswersSayWhy },
];
