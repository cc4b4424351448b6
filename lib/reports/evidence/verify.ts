import { failed, type Result, succeed } from '../../core/failure.ts';
import { type EndState, endStates } from './manifest.ts';
import { type ReadManifest, readManifests } from './read-manifests.ts';
import {
  type ChainSummary,
  type Expectations,
  type GivenEvidence,
  type Problem,
  type Step,
  stepNames,
  type Verification,
} from './verification.ts';
import { type Chain, chainsOf, clockNotes, verifyChain } from './verify-chain.ts';
import { verifyArtefacts, verifyOtherFiles } from './verify-files.ts';
import { verifySignatures } from './verify-signatures.ts';

const plural = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

const endsIn = (chain: Chain): ChainSummary['ended'] => {
  const numbers = endStates.map((state): [EndState, number] => [
    state,
    chain.filter(({ manifest }) => manifest.scan?.state === state).length,
  ]);
  return Object.fromEntries(numbers.filter(([, number]) => number > 0));
};

const summaryOf = (chain: Chain, keyIds: ReadonlyMap<ReadManifest, string>): ChainSummary => {
  const { sha256, manifest } = chain.at(-1) as ReadManifest;
  return {
    project: manifest.project.id,
    cluster: manifest.cluster,
    manifests: chain.length,
    first: chain[0].manifest.sequence,
    ended: endsIn(chain),
    evaluations: chain.filter(({ manifest }) => manifest.evaluation !== undefined).length,
    head: { sequence: manifest.sequence, sha256, sealedAt: manifest.sealedAt },
    keys: [...new Set(chain.flatMap((one) => keyIds.get(one) ?? []))],
  };
};

/** A chain that begins later than at 1 hangs on a manifest nobody here has seen. */
const baseNotes = ([first]: Chain): readonly string[] =>
  first.manifest.previous === null
    ? []
    : [
        `Manifests 1 to ${first.manifest.sequence - 1} of cluster ${first.manifest.cluster.id} were not verified; the first one here says that the one before it has SHA-256 ${first.manifest.previous.sha256}.`,
      ];

const outcome = (done: readonly string[], parts: Pick<Verification, 'chains' | 'notes'>, problem: Problem | null): Verification => ({
  fits: problem === null,
  problem,
  steps: stepNames.map((name, index): Step => {
    const say = done[index];
    if (say !== undefined) return { name, state: 'fits', say };
    return index === done.length && problem ? { name, state: 'does not fit', say: problem.say } : { name, state: 'not looked at', say: '' };
  }),
  ...parts,
});

const refusal = (chains: readonly Chain[], { cluster, fromSequence, head }: Expectations): string | undefined => {
  if (chains.length === 0)
    return cluster === undefined
      ? 'There is no manifest here; name a folder that holds evidence.'
      : `There is no manifest of cluster ${cluster} here; name another cluster, or none.`;
  return chains.length > 1 && (fromSequence !== undefined || head !== undefined)
    ? `There are chains of ${chains.length} clusters here, and a base or a head belongs to one of them; name it with --cluster.`
    : undefined;
};

/**
 * Verifies evidence: can every manifest be read, is each signed by a trusted key, do they make a chain per cluster, is every artefact there and unchanged, is there nothing that no manifest
 * covers? Stops at the first thing that does not fit. A failure means that it could not be verified at all.
 */
export const verifyEvidence = async (given: GivenEvidence): Promise<Result<Verification>> => {
  const { expected } = given;
  const read = readManifests(given.manifests, expected.cluster);
  if ('problem' in read) return succeed(outcome([], { chains: [], notes: [] }, read.problem));
  const chains = chainsOf(read.manifests);
  const refused = refusal(chains, expected);
  if (refused !== undefined) return failed(chains.length === 0 ? 'not-found' : 'input-invalid', refused);
  const inOrder = chains.flat();
  const done = [`${plural(inOrder.length, 'manifest')} of ${plural(chains.length, 'cluster')} can be read`];
  const signed = verifySignatures(inOrder, given.keys);
  const parts = {
    chains: chains.map((chain) => summaryOf(chain, 'keyIds' in signed ? signed.keyIds : new Map())),
    notes: chains.flatMap((chain) => [...baseNotes(chain), ...clockNotes(chain)]),
  };
  if ('problem' in signed) return succeed(outcome(done, parts, signed.problem));
  done.push(`each is signed by a trusted key (${plural(new Set(signed.keyIds.values()).size, 'key')})`);
  for (const chain of chains) {
    const problem = verifyChain(chain, expected);
    if (problem) return succeed(outcome(done, parts, problem));
  }
  done.push('each names the one before it, none is missing, none is there twice');
  const artefacts = await verifyArtefacts(inOrder, given);
  if (!artefacts.ok) return artefacts;
  if ('problem' in artefacts.value) return succeed(outcome(done, parts, artefacts.value.problem));
  done.push(`${plural(artefacts.value.artefacts, 'file')}, ${plural(artefacts.value.bytes, 'byte')}, as the manifests say`);
  const rest = verifyOtherFiles(inOrder, given);
  if ('problem' in rest) return succeed(outcome(done, parts, rest.problem));
  const ignored = rest.others > 0 ? `; ${plural(rest.others, 'file')} outside the folders of scans and evaluations not looked at` : '';
  done.push(`nothing that no manifest covers${ignored}`);
  return succeed(outcome(done, parts, null));
};
