import { addPlace, noOrganisation, type Organisation, type Place } from '#domain/people/organisation.ts';
import { nodeId } from '../contract/sample-documents.ts';

const places: readonly Place[] = [
  { id: nodeId('social'), kind: 'committee', name: 'Socialnämnden' },
  { id: nodeId('home-care'), kind: 'department', name: 'Hemtjänst', parent: nodeId('social') },
  { id: nodeId('north'), kind: 'unit', name: 'Hemtjänst norr', parent: nodeId('home-care') },
  { id: nodeId('south'), kind: 'unit', name: 'Hemtjänst söder', parent: nodeId('home-care') },
  { id: nodeId('elderly'), kind: 'committee', name: 'Äldrenämnden' },
  { id: nodeId('oak'), kind: 'unit', name: 'Ekens äldreboende', parent: nodeId('elderly') },
];

/** Two committees: one with a department of two units, the other with one unit of its own. */
export function twoCommittees(): Organisation {
  return places.reduce<Organisation>((organisation, place) => {
    const added = addPlace(organisation, place, '2026-01-01T08:00:00.000Z');
    if (!added.ok) throw new Error(added.reason);
    return added.organisation;
  }, noOrganisation);
}
