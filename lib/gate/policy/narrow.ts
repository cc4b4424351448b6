import type { CompiledPolicy } from './compile.ts';
import { durationMs } from './duration.ts';

/** A policy as somebody asks by it who wants evidence no older than this: stricter, never laxer. It stays the same document, so its hash stays. */
export const withYoungerEvidence = (compiled: CompiledPolicy, maxEvidenceAge: string | undefined): CompiledPolicy => {
  if (maxEvidenceAge === undefined) return compiled;
  const { policy } = compiled;
  const scans = policy.spec.scans.map((demand) =>
    durationMs(maxEvidenceAge) < durationMs(demand.maxAge) ? { ...demand, maxAge: maxEvidenceAge } : demand,
  );
  return { ...compiled, policy: { ...policy, spec: { ...policy.spec, scans } } };
};
