import { z } from 'zod';
import { type Approval, type ApprovalState, approvalState } from '#domain/course/approval.ts';
import { courseFile } from './files.ts';
import { calendarDate } from './guidelines.ts';
import { contentDir, readYaml } from './read-yaml.ts';

const file = z.strictObject({
  approvals: z.array(z.strictObject({ by: z.string().min(1), on: calendarDate, version: z.string().min(1) })),
});

/** content/approval.yaml, oldest first. @throws ContentError */
export function loadApprovals(dir = contentDir): readonly Approval[] {
  return readYaml('approval.yaml', file, dir).approvals;
}

let state: ApprovalState | undefined;

/** For every page, read once: of the course only its version, for most pages need nothing else of it. */
export function courseApproval(): ApprovalState {
  state ??= approvalState(loadApprovals(), readYaml(courseFile, z.looseObject({ version: z.string() })).version);
  return state;
}
