// A bug that nobody has thought of, whenever a test wants one: a rejection that belongs to no request.
process.on('SIGUSR2', () => void Promise.reject(new Error('Hemliga Hanna')));
