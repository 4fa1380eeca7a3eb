// kinesis-local listens on all of the machine's addresses and has no setting for it. Loaded before
// it, this makes every server of the process listen on the loopback.
'use strict';
const { Server } = require('node:net');
const listen = Server.prototype.listen;
Server.prototype.listen = function (...args) {
  if (args[0] !== null && typeof args[0] === 'object' && 'port' in args[0]) {
    args[0] = { ...args[0], host: '127.0.0.1' };
  } else if (typeof args[0] === 'number') {
    args = [{ port: args[0], host: '127.0.0.1' }, ...args.filter((arg) => typeof arg === 'function')];
  }
  return listen.apply(this, args);
};
