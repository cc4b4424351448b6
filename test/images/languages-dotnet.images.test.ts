import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { goModule } from './cataloguing.ts';
import { packagesIn, told } from './languages.ts';

/** Dependencies recorded from published .NET applications; Apache-2.0. There is no .NET here that could make some. */
const recordings = 'github.com/anchore/syft@v1.52.0';

let recorded: string;
beforeAll(async () => {
  recorded = join(await goModule(recordings), 'syft/pkg/cataloger/dotnet/testdata');
});

it('a library: its packages with files; neither its projects nor packages that were needed to compile', async () => {
  expect(told(await packagesIn(join(recorded, 'dir-example-1')))).toEqual([
    'AWSSDK.Core 3.7.10.6',
    'Microsoft.Extensions.DependencyInjection 6.0.0',
    'Microsoft.Extensions.DependencyInjection.Abstractions 6.0.0',
    'Microsoft.Extensions.Logging 6.0.0',
    'Microsoft.Extensions.Logging.Abstractions 6.0.0',
    'Microsoft.Extensions.Options 6.0.0',
    'Microsoft.Extensions.Primitives 6.0.0',
    'Newtonsoft.Json 13.0.1',
    'Serilog 2.10.0',
    'Serilog.Sinks.Console 4.0.1',
  ]);
});

it('an application: assemblies of the framework are no packages', async () => {
  expect(told(await packagesIn(join(recorded, 'deps-with-referenceassembly')))).toEqual(['Newtonsoft.Json 13.0.3']);
});
