import { failed, type Result, succeed } from '../core/failure.ts';
import { type GateFacts, type GateVersion, readGateVersion } from '../core/gate/index.ts';
import { evaluate, type Question } from '../gate/decide/evaluate.ts';
import type { PastEvaluation } from '../gate/decide/policy-test.ts';
import { upgradePlan } from '../gate/plan/index.ts';
import type { RuleRunner } from '../gate/policy/run-rules.ts';
import { goneRemovals, wantedRemovals } from '../gate/removals.ts';
import type { ScannerPorts } from '../scanners/scanner.ts';
import { observeUpgrade } from '../scanners/upgrade/index.ts';
import { identify } from './identify.ts';

/** What is asked of the gate, beside the cluster itself. */
export interface UpgradeQuestion
  extends Pick<
    Question,
    'id' | 'policy' | 'policyVersion' | 'scans' | 'waivers' | 'overrides' | 'source' | 'previous' | 'tool' | 'tags' | 'statements'
  > {
  /** As it was asked for. */
  readonly target: string;
  /** Who asks; else the user by whom the cluster knows the credential. */
  readonly requestedBy?: string;
  readonly clusterName?: string | undefined;
  /** Read the Secrets in which Helm keeps its releases. */
  readonly helmReleases?: boolean;
  /** Ask kubelets for their cgroup version. */
  readonly kubelets?: boolean;
}

/** A target as a version, or the sentence that says what one looks like. */
export const readTarget = (text: string): Result<GateVersion> => {
  const version = readGateVersion(text);
  return version && /^v?\d+\.\d+\.\d+/.test(text.trim())
    ? succeed(version)
    : failed('input-invalid', `"${text.slice(0, 60)}" is no Kubernetes version; name one with its patch, such as v1.36.3.`);
};

/** Scans need the cluster's id before they can be found; a question is finished once it is known. */
export type Ask = (cluster: GateFacts['cluster'], actor: string) => Promise<Result<UpgradeQuestion>>;

/** An evaluation from end to end, with what it judged: identify → ask for evidence → observe → check → decide. Reads the cluster and changes nothing. Fails when the cluster cannot be asked at all. */
export const evaluateUpgrade = async (
  targetText: string,
  clusterName: string | undefined,
  ask: Ask,
  ports: ScannerPorts,
  rules: RuleRunner,
): Promise<Result<PastEvaluation>> => {
  const target = readTarget(targetText);
  if (!target.ok) return target;
  const identified = await identify(ports.access, clusterName);
  if (!identified.ok) return identified;
  const { cluster, actor } = identified.value;
  const current = readGateVersion(cluster.kubernetesVersion);
  if (!current)
    return failed(
      'answer-invalid',
      `The cluster calls its version "${cluster.kubernetesVersion.slice(0, 60)}", which the gate cannot read.`,
    );
  const asked = await ask(cluster, actor);
  if (!asked.ok) return asked;
  const { requestedBy = actor, helmReleases = false, kubelets = true, clusterName: _, ...question } = asked.value;
  const facts = await observeUpgrade({
    access: ports.access,
    tls: ports.tls,
    ...(kubelets ? { kubelets: ports.kubelets } : {}),
    cluster,
    now: ports.now,
    signal: ports.signal,
    options: {
      target: target.value,
      wanted: wantedRemovals(current, target.value),
      gone: goneRemovals(current),
      helmReleases,
      progress: ports.progress,
    },
  });
  if (ports.signal.aborted) return failed('cancelled', 'The evaluation was cancelled.');
  const upgrade = { current, target: target.value };
  const evaluation = await evaluate(
    { ...question, facts, current: cluster.kubernetesVersion, plan: upgradePlan(facts, upgrade), requestedBy, now: ports.now() },
    rules,
  );
  const { scans, waivers, overrides, tags = {} } = question;
  return succeed({ evaluation, facts, scans, waivers, overrides, tags });
};
