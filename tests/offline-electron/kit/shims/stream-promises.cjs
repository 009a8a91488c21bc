exports.pipeline = require('util').promisify(require('stream').pipeline)
