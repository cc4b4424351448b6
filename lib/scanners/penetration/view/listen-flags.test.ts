import { expect, it } from 'vitest';
import { listenPorts, listenWords } from './listen-flags.ts';

it.each<[string, readonly string[], readonly number[]]>([
  ['an address for metrics', ['/kube-vip', '--metrics-bind-address=:2112'], [2112]],
  ['a value as a word of its own', ['/exporter', '--web.listen-address', '0.0.0.0:9100'], [9100]],
  ['one dash, as older programs take it', ['/cm', '-metrics-addr=:8443'], [8443]],
  ['URLs, one of them loopback', ['etcd', '--listen-client-urls=https://127.0.0.1:2379,http://10.0.0.4:12379'], [12379]],
  ['IPv6 in brackets', ['etcd', '--listen-metrics-urls=http://[fd00::4]:2381'], [2381]],
  ['every address of IPv6', ['kube-proxy', '--metrics-bind-address=[::]:10249'], [10249]],
  ['loopback by name', ['x', '--health-addr=localhost:8080'], []],
  ['loopback of IPv6', ['x', '--healthz-bind-address=[::1]:8080'], []],
  ['an address that the environment fills in', ['/exporter', '--web.listen-address=$(HOST_IP):9100'], [9100]],
  ['a bare port', ['kube-apiserver', '--secure-port=6443'], [6443]],
  ['a bare port with its address apart, loopback', ['kube-scheduler', '--secure-port=10259', '--bind-address=127.0.0.1'], []],
  ['a port that is off', ['x', '--metrics-port=0'], []],
  ['a port that is none', ['x', '--metrics-port=70000', '--bind-address=:99999'], []],
  ['others, whom it calls', ['x', '--etcd-servers=https://10.0.0.4:2379', '--advertise-client-urls=https://10.0.0.4:2379'], []],
  ['members of a group', ['etcd', '--initial-cluster=a=https://10.0.0.4:2380'], []],
  ['a number that is no port', ['x', '--metrics-interval=60', '--web.timeout=30'], []],
  ['a script', ['sh', '-c', 'exec x --listen=:99'], []],
])('ports in flags: %s', (_, words, ports) => {
  expect(listenPorts(words)).toEqual(ports);
  // what is kept says the same, however often it is reduced
  const kept = listenWords(words);
  expect(listenPorts(kept)).toEqual(ports);
  expect(listenWords(kept)).toEqual(kept);
});

it('keeps nothing else of a command line', () => {
  expect(listenWords(['x', '--token=hunter2', '--listen-address=http://me:hunter2@10.0.0.4:80', '--listen=:81'])).toEqual(['--listen=:81']);
});
