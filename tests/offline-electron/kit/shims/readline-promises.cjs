// Nobody types into the app.
exports.createInterface = require('readline').createInterface
