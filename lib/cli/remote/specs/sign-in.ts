import { InvalidArgumentError } from 'commander';
import { portNumber, seconds } from '../../options.ts';
import type { Spec } from './spec.ts';

const dash = (text: string): string => {
  // what stands on a command line is seen by everybody on the machine
  if (text !== '-') throw new InvalidArgumentError('It must be "-": the token is read from standard input, where nobody else sees it.');
  return text;
};

/** Who one is. */
export const signInSpecs: readonly Spec[] = [
  {
    name: 'login',
    summary: 'sign in at a service, by code, by browser or with an API token',
    routes: ['service.signIn', 'me.get'],
    options: (command) =>
      command
        .option('--token <->', '"-": read an API token from standard input instead', dash)
        .option('--browser', 'also open the browser')
        .option('--patience <seconds>', 'time to confirm the sign-in', seconds, 300)
        .option(
          '--port <number>',
          'come back from the browser to this port of this machine, for an issuer that knows one only',
          portNumber,
        ),
    examples: ['login --server https://gatehouse.example.com', 'login --server http://127.0.0.1:7440 --token - < token.txt'],
    more: 'What is signed in with is kept in ~/.config/gatehouse/credentials.json, which only you can read. Pipelines set GATEHOUSE_SERVER and GATEHOUSE_TOKEN instead.',
    load: async () => (await import('../login.ts')).loginCommand,
  },
  {
    name: 'logout',
    summary: 'forget the credential of a service',
    routes: [],
    examples: ['logout --server https://gatehouse.example.com'],
    load: async () => (await import('../login.ts')).logoutCommand,
  },
  {
    name: 'whoami',
    summary: 'who you are there, and what you may do',
    routes: ['me.get'],
    examples: ['whoami --server https://gatehouse.example.com'],
    load: async () => (await import('../actions/service.ts')).whoami,
  },
];
