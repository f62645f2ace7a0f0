/** What went wrong since boot. */
export const counters = { overruns: 0, realigned: 0, imuErrors: 0, commandErrors: 0, exceptions: 0 }
