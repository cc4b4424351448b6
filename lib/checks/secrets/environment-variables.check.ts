import { containerCheck } from '../shared/container-check.ts';
import { few } from '../shared/words.ts';

export const environmentVariables = containerCheck({
  id: 'secrets/environment-variables',
  title: 'Containers take Secrets as files, not as environment variables',
  severity: 'low',
  looked: 'env[].valueFrom.secretKeyRef, envFrom[].secretRef',
  judgesCluster: true,
  wrong: ({ secretsInEnv }) =>
    secretsInEnv.length === 0
      ? undefined
      : {
          says: `takes ${secretsInEnv.length === 1 ? 'Secret' : 'Secrets'} ${few(secretsInEnv)} as environment variables`,
          found: secretsInEnv.join(', '),
        },
  holds: () => 'no Secret',
  fine: (containers) => `No Secret reaches the environment of ${containers}.`,
  why: 'Environment variables are inherited by child processes and end up in crash reports and debug pages, where a Secret does not belong.',
  repair: 'Mount the Secret as a volume and let the program read the file, or fetch it from a secret store at start.',
});
