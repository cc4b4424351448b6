import { succeed } from '../../../core/failure.ts';
import type { Project } from '../../../fleet/project.ts';
import { type ProjectFlags, projectOf } from '../names.ts';
import type { Column } from '../output.ts';
import { detailsText } from '../output.ts';
import { change, given, inSession, type ListFlags, list, type PolicyFlags, policyFlag, show } from '../run.ts';
import type { PrintFlags } from '../session.ts';

interface Named extends PrintFlags, ProjectFlags {}
interface Fields {
  readonly description?: string;
  readonly tag?: readonly string[];
  readonly runsDays?: number;
  readonly reportsDays?: number;
  readonly concurrentScans?: number;
  readonly probeNetwork?: readonly string[];
}

const columns: readonly Column<Project>[] = [
  ['name', ({ name }) => name],
  ['id', ({ id }) => id],
  ['created', ({ createdAt }) => createdAt],
  ['keeps runs', ({ retention }) => `${retention.runsDays} d`],
  ['keeps reports', ({ retention }) => `${retention.reportsDays} d`],
  ['description', ({ description }) => description],
];

/** Retention is one field of a project: what is not given stays, or is the same as the other. */
const bodyOf = ({ description, tag, runsDays, reportsDays, concurrentScans, probeNetwork }: Fields, now?: Project['retention']) => {
  const runs = runsDays ?? now?.runsDays ?? reportsDays;
  const reports = reportsDays ?? now?.reportsDays ?? runsDays;
  const isGiven = runsDays !== undefined || reportsDays !== undefined;
  return given({
    description,
    tags: tag,
    concurrentScans,
    probeNetworks: probeNetwork,
    retention: isGiven ? { runsDays: runs, reportsDays: reports } : undefined,
  });
};

export const listProjects = inSession<ListFlags>(async (session, flags, terminal) =>
  list(session, flags, terminal, { id: 'projects.list', none: 'There are no projects that you see.' }, columns),
);

export const showProject = inSession<Named>(async (session, flags, terminal) => {
  const params = await projectOf(session.client, flags);
  return params.ok ? show(session, terminal, 'projects.get', { params: params.value }) : params;
});

export const createProject = inSession<PrintFlags & Fields & { readonly name: string }>(async (session, flags, terminal) =>
  show(session, terminal, 'projects.create', { body: { name: flags.name, ...bodyOf(flags) } }),
);

export const updateProject = inSession<Named & Fields & PolicyFlags & { readonly name?: string }>(async ({ client }, flags, terminal) => {
  const params = await projectOf(client, flags);
  if (!params.ok) return params;
  const now = await client.call('projects.get', { params: params.value });
  if (!now.ok) return now;
  const body = { ...bodyOf(flags, now.value.body.retention), ...given({ name: flags.name, gatePolicy: policyFlag(flags) }) };
  const changed = await client.call('projects.update', { params: params.value, body: body as never, ifMatch: now.value.etag });
  return changed.ok ? succeed({ json: changed.value.json, text: detailsText(terminal, changed.value.body) }) : changed;
});

export const deleteProject = inSession<Named>(async (session, flags) => {
  const params = await projectOf(session.client, flags);
  if (!params.ok) return params;
  const deleted = await change(session, 'projects.get', 'projects.delete', { params: params.value });
  return deleted.ok ? succeed({ json: null, text: `The project ${flags.project} is deleted.\n` }) : deleted;
});
