# torch.nn: in which of PyTorch's files each class lives, as type(module) prints it.
for _file, _names in {
    'linear': 'Identity Linear Bilinear NonDynamicallyQuantizableLinear',
    'container': 'Sequential ModuleList ModuleDict ParameterList ParameterDict',
    'flatten': 'Flatten Unflatten',
    'sparse': 'Embedding',
    'conv': 'Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d',
    'pooling': 'MaxPool1d MaxPool2d AvgPool1d AvgPool2d AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveMaxPool1d AdaptiveMaxPool2d',
    'upsampling': 'Upsample',
    'padding': 'ZeroPad2d ReflectionPad1d ReflectionPad2d ReplicationPad1d ReplicationPad2d',
    'pixelshuffle': 'PixelShuffle',
    'batchnorm': 'BatchNorm1d BatchNorm2d',
    'normalization': 'LayerNorm GroupNorm',
    'dropout': 'Dropout Dropout1d Dropout2d AlphaDropout',
    'distance': 'CosineSimilarity PairwiseDistance',
    'activation': 'ReLU ReLU6 Sigmoid Tanh SiLU Mish GELU ELU SELU CELU LeakyReLU Softplus Softsign Tanhshrink Hardsigmoid Hardswish Hardtanh '
                  'LogSigmoid Softmax LogSoftmax Softmin GLU Threshold Softshrink Hardshrink PReLU MultiheadAttention',
    'loss': 'L1Loss MSELoss SmoothL1Loss HuberLoss BCELoss BCEWithLogitsLoss NLLLoss CrossEntropyLoss KLDivLoss PoissonNLLLoss '
            'GaussianNLLLoss HingeEmbeddingLoss SoftMarginLoss CosineEmbeddingLoss MarginRankingLoss TripletMarginLoss',
    'rnn': 'RNN LSTM GRU RNNCell LSTMCell GRUCell',
    'transformer': 'TransformerEncoderLayer TransformerEncoder',
}.items():
    for _name in _names.split():
        globals()[_name].__module__ = 'torch.nn.modules.' + _file
