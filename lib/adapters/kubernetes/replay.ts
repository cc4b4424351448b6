import { failed, type Result, succeed } from '../../core/failure.ts';
import { letThrough } from './answer.ts';
import { type ClusterPorts, KubeletAnswer, type RecordedRead, type Recording, requestNames, TlsAnswer } from './recording.ts';

type Answer = RecordedRead['answer'];
type Failed = Extract<Result<never>, { readonly ok: false }>;

/** Ports that answer from a recording: same values, same failures, nothing sent. What was asked more than once is answered in the same order; the last answer stays. */
export const replay = (recording: Recording): ClusterPorts => {
  const answers = new Map<string, Answer[]>();
  for (const { request, answer } of recording.reads) answers.set(request, [...(answers.get(request) ?? []), answer]);

  /** The recorded answer of one kind, or the failure that was recorded or that nothing was. */
  const answer = <K extends Exclude<Answer['kind'], 'failure'>>(
    request: string,
    kind: K,
  ): { readonly ok: true; readonly value: Extract<Answer, { kind: K }> } | Failed => {
    const recorded = answers.get(request) ?? [];
    const next = recorded.length > 1 ? recorded.shift() : recorded[0];
    if (next?.kind === 'failure') {
      const { code, say, needs } = next.failure;
      return failed(code, say, needs);
    }
    if (next?.kind !== kind)
      return failed('not-found', `The recording holds no answer to ${request}, so it is of an older Gatehouse; record the cluster again.`);
    return { ok: true, value: next as Extract<Answer, { kind: K }> };
  };
  const refuseToWrite = async () => failed('input-invalid', 'A recording cannot be changed; run this against the cluster itself.');

  return {
    access: {
      server: recording.server,
      clusterName: recording.clusterName,
      usesToken: recording.usesToken,
      requests: 0,
      get: async (path, schema, options) => {
        const found = answer(requestNames.get(path, options), 'value');
        return found.ok ? letThrough(found.value.value, schema, path) : found;
      },
      list: async (path, item, each, options) => {
        const found = answer(requestNames.list(path, options), 'items');
        if (!found.ok) return found;
        for (const [position, raw] of found.value.items.entries()) {
          const one = letThrough(raw, item, `${path}, item ${position}`);
          if (!one.ok) return one;
          each(one.value);
        }
        return succeed({ count: found.value.items.length });
      },
      text: async (path, query) => {
        const found = answer(requestNames.text(path, query), 'text');
        return found.ok ? succeed(found.value.text) : found;
      },
      create: refuseToWrite,
      remove: refuseToWrite,
      close: () => undefined,
    },
    kubelets: {
      get: async (kubelet, path, schema, options) => {
        const found = answer(requestNames.kubelet(kubelet, path, options), 'value');
        if (!found.ok) return found;
        const frame = letThrough(found.value.value, KubeletAnswer, path);
        if (!frame.ok) return frame;
        const { certificate } = frame.value;
        const read = letThrough(frame.value.value, schema, `${path} of the kubelet of node ${kubelet.node}`);
        return read.ok ? succeed({ value: read.value, ...(certificate && { certificate }) }) : read;
      },
      close: () => undefined,
    },
    tls: {
      probe: async ({ host, port }, suites) => {
        const found = answer(requestNames.tls(host, port, suites), 'value');
        if (!found.ok) return found;
        const fact = letThrough(found.value.value, TlsAnswer, `the TLS server at ${host}:${port}`);
        if (!fact.ok) return fact;
        const { certificate, ...rest } = fact.value;
        return succeed({ ...rest, ...(certificate && { certificate }) });
      },
    },
  };
};
