import { apiServerCheck } from '../shared/api-server.ts';
import { readDuration } from '../shared/duration.ts';
import { fails, holds, needsPerson } from '../shared/flag-check.ts';

/** The longest timeout, in seconds, that needs no explanation. */
const usualMost = 300;

export const requestTimeout = apiServerCheck(
  {
    id: 'api-server/request-timeout',
    title: 'The API server ends slow requests after a sensible time',
    severity: 'low',
    why: 'Requests that never end hold memory and connections, so a few slow clients can use the API server up.',
    repair:
      'Remove `--request-timeout` from /etc/kubernetes/manifests/kube-apiserver.yaml (with kubeadm also in the ConfigMap kubeadm-config) for the default of one minute, or set at most 300s.',
  },
  (settings) => {
    const text = settings.text('request-timeout', '1m0s');
    const seconds = readDuration(text);
    if (seconds === undefined) return needsPerson(`The request timeout "${text}" is no duration.`);
    if (seconds === 0) return fails('Requests have no time limit.');
    return seconds <= usualMost
      ? holds(`Requests end after ${text}.`)
      : needsPerson(
          `Requests end after ${text}.`,
          'Look for the client that needs requests this long, and shorten the timeout if there is none.',
        );
  },
);
