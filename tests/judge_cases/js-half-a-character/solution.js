const f = () => "\ud83d";
