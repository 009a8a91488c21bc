exports.setTimeout = require('util').promisify(setTimeout)
