// Preloaded into a measured process: writes its peak resident memory (KiB) to the file that PEAK_MEMORY_FILE names when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS)));
