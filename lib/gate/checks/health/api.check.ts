import { defineGateCheck, fails, namesText, passes } from '../../check.ts';

export const api = defineGateCheck({
  id: 'health.api',
  category: 'health',
  title: 'The API server calls itself ready and alive',
  severity: 'critical',
  why: 'A check that fails at the API server is trouble that an upgrade only makes harder to see.',
  repair: "Ask `kubectl get --raw '/readyz?verbose'`, and look at the log of the API server for what is named.",
  links: ['https://kubernetes.io/docs/reference/using-api/health-checks/'],
  reads: ['apiHealth'],
  evaluate: ({ apiHealth }) => {
    const failing = apiHealth.failing.map((name) => ({ kind: 'Check', name, detail: 'fails at the API server' }));
    return failing.length > 0
      ? fails(`Checks of the API server fail: ${namesText(failing)}.`, failing)
      : passes('The API server is ready and alive.');
  },
});
