import type { Result } from '../../../core/failure.ts';
import { failed } from '../../../core/failure.ts';
import type { CredentialSource } from '../connection.ts';
import type { ExecPlugin } from './schema.ts';
import type { Selected } from './select.ts';

export const execCredentials = async (plugin: ExecPlugin, selected: Selected, _ca: string | undefined): Promise<Result<CredentialSource>> =>
  failed('kubeconfig-invalid', `The user ${selected.userName} uses the plugin ${plugin.command}, which cannot be run yet.`);
