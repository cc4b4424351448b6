import { type Result, succeed } from '../../../core/failure.ts';
import { type EvaluationFormat, evaluationFileNames } from '../../../evaluations/render.ts';
import type { EvaluationRecord } from '../../../fleet/evaluation.ts';
import { answerText, exitOf } from '../gate-answer.ts';
import { type ClusterFlags, clusterOf } from '../names.ts';
import type { Column } from '../output.ts';
import { inSession, type ListFlags, list } from '../run.ts';
import type { PrintFlags, Session } from '../session.ts';
import { downloadEvidence, downloadNamed, type LinkTo, type Stored } from '../stored-files.ts';

const columns: readonly Column<EvaluationRecord>[] = [
  ['id', ({ id }) => id],
  ['target', ({ request }) => request.target.kubernetesVersion],
  ['verdict', ({ verdict }) => verdict],
  ['asked by', ({ requestedBy }) => requestedBy.name],
  ['at', ({ requestedAt }) => requestedAt],
  ['holds until', ({ expiresAt }) => expiresAt ?? ''],
  ['why', ({ summary }) => summary],
];

export const listEvaluations = inSession<ListFlags & ClusterFlags & { readonly verdict?: readonly string[] }>(
  async (session, flags, terminal) => {
    const cluster = await clusterOf(session.client, flags);
    if (!cluster.ok) return cluster;
    const query = { verdict: flags.verdict };
    return list(
      session,
      flags,
      terminal,
      { id: 'gate.list', params: cluster.value, query, none: 'Nobody asked about this cluster.' },
      columns,
    );
  },
);

type OneFlags = PrintFlags & { readonly evaluation: string };

export const showEvaluation = inSession<OneFlags>(async ({ client }, { evaluation }, terminal) => {
  const answer = await client.call('gate.get', { params: { evaluationId: evaluation } });
  if (!answer.ok) return answer;
  const { body, json } = answer.value;
  return succeed({ json, text: answerText(terminal, body), exit: exitOf(body.verdict) });
});

/** The record of an evaluation: it names the files. Found by its id among those of its cluster. */
const recordOf = async ({ client }: Session, flags: DownloadFlags): Promise<Result<Stored | undefined>> => {
  const cluster = await clusterOf(client, flags);
  if (!cluster.ok) return cluster;
  const all = await client.all('gate.list', { params: cluster.value });
  return all.ok ? succeed(all.value.find(({ id }) => id === flags.evaluation)) : all;
};

interface DownloadFlags extends OneFlags, ClusterFlags {
  readonly format: readonly EvaluationFormat[];
  readonly out: string;
  readonly evidence?: boolean;
}

export const downloadEvaluation = inSession<DownloadFlags>(async (session, flags) => {
  const { client } = session;
  const record = await recordOf(session, flags);
  if (!record.ok) return record;
  const { evaluation: evaluationId, out } = flags;
  const linkTo: LinkTo = async (file) => {
    const link = await client.call('gate.download', { params: { evaluationId, file } });
    return link.ok ? succeed(link.value.body) : link;
  };
  const stored = record.value ?? { id: evaluationId, state: 'not there', artefacts: [] };
  const written = flags.evidence
    ? await downloadEvidence(session, linkTo, stored, out)
    : await downloadNamed(
        session,
        linkTo,
        stored,
        flags.format.map((format) => evaluationFileNames[format]),
        out,
      );
  if (!written.ok) return written;
  return succeed({ json: { files: written.value }, text: written.value.map((path) => `${path}\n`).join('') });
});
