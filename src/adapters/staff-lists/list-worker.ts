/** The thread that reads one staff list, says what is in it, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { staffListOf } from '#domain/import/read-staff-list.ts';

parentPort?.postMessage(staffListOf(workerData as Uint8Array));
